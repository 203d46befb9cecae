import type { WindowRequest } from '../../../native-workers/contract/window/bridge.js'
import { option } from '../shared/command-line.js'
import { joinPath } from '../shared/paths.js'
import type { Prepared } from '../shared/prepared.js'
import type { ResultSituation } from '../shared-result/result-step.js'

type Request = WindowRequest<'render-high-quality-drr'>
export type DrrFormat = 'png' | 'dcm' | 'tiff' | 'mha'

export interface DrrForm {
  readonly format: DrrFormat
  readonly supersampling: number
  /** Null: as registered. */
  readonly boneMultiplier: number | null
}

export const initialForm: DrrForm = { format: 'png', supersampling: 2, boneMultiplier: null }

export function prepareDrr(
  { resultPath, outputFolder, caseName, viewIndex }: ResultSituation,
  { format, supersampling, boneMultiplier }: DrrForm,
): Prepared<Request> {
  return {
    kind: 'ready',
    request: {
      scene: { kind: 'result', resultPath, viewIndex },
      supersampling,
      boneMultiplier: boneMultiplier ?? undefined,
      outputPath: joinPath(outputFolder, 'drr', `${caseName}-drr-${viewIndex + 1}.${format}`),
    },
  }
}

export function drrCommand({ scene, supersampling, boneMultiplier, outputPath }: Request): readonly string[] {
  const [result, view] = scene.kind === 'result' ? [[scene.resultPath], (scene.viewIndex ?? 0) + 1] : [[], 1]
  return [
    'isocenter',
    'drr',
    ...result,
    ...['--out', outputPath],
    ...option('--view', view, 1),
    ...option('--supersampling', supersampling, 2),
    ...option('--bone-multiplier', boneMultiplier),
  ]
}
