import type { PointsFile } from '../../../native-workers/contract/files/points.js'
import type { Matrix4 } from '../../../native-workers/contract/matrix.js'
import type { FigureFormat } from '../../../native-workers/contract/operations/evaluate-registration.js'
import type { WindowRequest } from '../../../native-workers/contract/window/bridge.js'
import { text } from '../../text/en.js'
import { option } from '../shared/command-line.js'
import { joinPath } from '../shared/paths.js'
import { missing, type Prepared } from '../shared/prepared.js'
import type { ResultSituation } from '../shared-result/result-step.js'

type Request = WindowRequest<'evaluate-registration'>

export const figureFormats: readonly FigureFormat[] = ['png', 'svg', 'pdf']

export interface EvaluateForm {
  readonly title: string
  readonly formats: readonly FigureFormat[]
  readonly truth: { readonly path: string; readonly worldFromVolume: Matrix4 } | null
  /** Used with a truth alone. */
  readonly points: { readonly path: string; readonly content: PointsFile } | null
}

export const initialForm: EvaluateForm = { title: '', formats: figureFormats, truth: null, points: null }

export function prepareEvaluation(
  { resultPath, outputFolder, caseName }: ResultSituation,
  { title, formats, truth, points }: EvaluateForm,
): Prepared<Request> {
  if (formats.length === 0) return missing(text.resultSteps.missing.formats)
  return {
    kind: 'ready',
    request: {
      resultPath,
      folder: joinPath(outputFolder, 'evaluate'),
      name: caseName,
      title: title.trim(),
      formats: [...formats],
      truth: truth === null ? undefined : { worldFromVolume: truth.worldFromVolume, points: points?.content },
    },
  }
}

export function evaluationCommand(
  { resultPath, folder, title, formats }: Request,
  { truth, points }: EvaluateForm,
): readonly string[] {
  return [
    ...['isocenter', 'evaluate', resultPath, '--out', folder],
    ...option('--title', title, ''),
    ...option('--formats', formats?.join(','), figureFormats.join(',')),
    ...(truth === null ? [] : ['--truth', truth.path, ...option('--points', points?.path)]),
  ]
}
