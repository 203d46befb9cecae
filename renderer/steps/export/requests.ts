import { type AnimationPanel } from '../../../native-workers/contract/operations/animate.js'
import type { SceneInput } from '../../../native-workers/contract/operations/scene.js'
import type { WindowRequest } from '../../../native-workers/contract/window/bridge.js'
import { text } from '../../text/en.js'
import { flag, option } from '../shared/command-line.js'
import { joinPath } from '../shared/paths.js'
import { missing, type Prepared } from '../shared/prepared.js'
import type { ResultSituation } from '../shared-result/result-step.js'

export const animationPanels: readonly AnimationPanel[] = ['xray', 'drr', 'difference', 'edges']
const defaultPanels: readonly AnimationPanel[] = ['xray', 'drr', 'difference']
const defaultThreshold = 150

export interface AnimationForm {
  readonly format: 'gif' | 'mp4' | 'webm'
  readonly panels: readonly AnimationPanel[]
  readonly framesPerSecond: 'automatic' | '5' | '10' | '15' | '25' | '30'
  readonly acceptedOnly: boolean
}

export interface SceneForm {
  readonly threshold: number
  readonly parts: SceneInput['parts']
}

export const initialAnimation: AnimationForm = {
  format: 'mp4',
  panels: defaultPanels,
  framesPerSecond: 'automatic',
  acceptedOnly: false,
}
export const initialScene: SceneForm = { threshold: defaultThreshold, parts: 'large' }

export function prepareAnimation(
  { resultPath, outputFolder, caseName, viewIndex }: ResultSituation,
  { format, panels, framesPerSecond, acceptedOnly }: AnimationForm,
): Prepared<WindowRequest<'animate'>> {
  if (panels.length === 0) return missing(text.resultSteps.missing.panels)
  return {
    kind: 'ready',
    request: {
      resultPath,
      outputPath: joinPath(outputFolder, 'export', `${caseName}-${viewIndex + 1}.${format}`),
      framesPerSecond: framesPerSecond === 'automatic' ? undefined : Number(framesPerSecond),
      panels: [...panels],
      acceptedOnly,
      viewIndex,
    },
  }
}

export function animationCommand({
  resultPath,
  outputPath,
  framesPerSecond,
  panels,
  acceptedOnly,
  viewIndex,
}: WindowRequest<'animate'>): readonly string[] {
  return [
    ...['isocenter', 'animate', resultPath, '--out', outputPath],
    ...option('--panels', panels?.join(','), defaultPanels.join(',')),
    ...option('--view', (viewIndex ?? 0) + 1, 1),
    ...option('--fps', framesPerSecond),
    ...flag('--accepted-only', acceptedOnly),
  ]
}

export function prepareScene(
  { resultPath, outputFolder, caseName }: ResultSituation,
  { threshold, parts }: SceneForm,
): Prepared<WindowRequest<'scene'>> {
  const folder = joinPath(outputFolder, 'export', `${caseName}-scene`)
  return { kind: 'ready', request: { resultPath, folder, threshold, parts } }
}

export function sceneCommand({
  resultPath,
  folder,
  threshold,
  parts,
}: WindowRequest<'scene'>): readonly string[] {
  return [
    ...['isocenter', 'scene', resultPath, '--out', folder],
    ...option('--threshold', threshold, defaultThreshold),
    ...option('--parts', parts, 'large'),
  ]
}
