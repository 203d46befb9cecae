import { describe, expect, it } from 'vitest'
import {
  animationCommand,
  initialAnimation,
  initialScene,
  prepareAnimation,
  prepareScene,
  sceneCommand,
  type AnimationForm,
} from './requests.js'

const situation = { resultPath: '/o/a/result.json', outputFolder: '/o', caseName: 'a', viewIndex: 1 }

function animation(form: AnimationForm): string {
  const prepared = prepareAnimation(situation, form)
  if (prepared.kind === 'missing') throw new Error(prepared.what)
  return animationCommand(prepared.request).join(' ')
}

describe('exports', () => {
  it('animate one X-ray; the command names what differs from the defaults', () => {
    expect(animation(initialAnimation)).toBe(
      'isocenter animate /o/a/result.json --out /o/export/a-2.mp4 --view 2',
    )
    expect(
      animation({ format: 'gif', panels: ['xray', 'edges'], framesPerSecond: '10', acceptedOnly: true }),
    ).toBe(
      'isocenter animate /o/a/result.json --out /o/export/a-2.gif --panels xray,edges --view 2 --fps 10 --accepted-only',
    )
    expect(prepareAnimation(situation, { ...initialAnimation, panels: [] }).kind).toBe('missing')
  })

  it('make a scene in a folder of its own', () => {
    const prepared = prepareScene(situation, { ...initialScene, parts: 'all', threshold: 200 })
    if (prepared.kind === 'missing') throw new Error(prepared.what)
    expect(sceneCommand(prepared.request).join(' ')).toBe(
      'isocenter scene /o/a/result.json --out /o/export/a-scene --threshold 200 --parts all',
    )
  })
})
