import { InvalidArgumentError } from 'commander'
import { type AnimationPanel, animationPanelSchema } from '../../contract/operations/animate.js'
import { parseList } from './values.js'

/** `xray,drr,...` */
export function parseAnimationPanels(text: string): readonly AnimationPanel[] {
  return parseList(text, (name) => {
    const panel = animationPanelSchema.safeParse(name.trim())
    if (panel.success) return panel.data
    throw new InvalidArgumentError(`"${name}" is none of ${animationPanelSchema.options.join(', ')}.`)
  })
}
