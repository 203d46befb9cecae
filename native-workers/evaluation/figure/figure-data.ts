import { type ComparedDrr, type ViewEvaluation } from '../../contract/operations/evaluate-registration.js'
import { type EvaluatePoseOutput } from '../../contract/operations/evaluate.js'
import { type Verdict } from '../../contract/files/registration-result.js'

/** One view as its figure shows it; pictures are grey levels 0..255 of the same size, row-major. */
export interface EvaluationFigureData {
  readonly title: string
  readonly xrayName: string
  readonly volumeName: string
  /** E.g. "view 1 of 2"; empty for a single view. */
  readonly viewText: string
  readonly xray: Uint8Array
  /** 1 = compared. */
  readonly valid: Uint8Array
  readonly drrs: readonly { readonly drr: ComparedDrr; readonly levels: Uint8Array }[]
  readonly evaluation: ViewEvaluation
  readonly verdict: Verdict
  readonly expectedErrorMm: number | null
  readonly errors: {
    readonly initial: EvaluatePoseOutput | null
    readonly final: EvaluatePoseOutput | null
  }
}

export const drrTitles: Readonly<Record<ComparedDrr, string>> = {
  initial: 'Initial DRR',
  final: 'Final DRR',
  'high-quality': 'High-quality DRR',
}
