import type { OperationName, OperationOutput } from '../../../native-workers/contract/operations/index.js'
import type { WindowRequest } from '../../../native-workers/contract/window/bridge.js'
import type { WireError } from '../../../native-workers/contract/wire-error.js'
import type { Job } from '../../stores/jobs.js'
import type { StepName } from '../../workflow/step-names.js'
import type { CommandLine } from './command-line.js'
import type { Trace } from './lineage.js'
import type { Prepared, Situation } from './prepared.js'
import type { Shown } from './show-in-views.js'

/** A preparation step as pure functions between its form, the operation and the command line. */
export interface StepDefinition<Name extends OperationName, Form extends object> {
  readonly step: StepName
  readonly operation: Name
  /** The form as it is at first: the command line's defaults. */
  readonly form: Form
  readonly showsAfter: boolean
  readonly prepare: (situation: Situation, form: Form) => Prepared<WindowRequest<Name>>
  /** What else than the form and the session leads to the outputs. */
  readonly settings?: () => unknown
  readonly command: (request: WindowRequest<Name>) => CommandLine
  /** What the job list names it after. */
  readonly subject: (request: WindowRequest<Name>) => string
  readonly trace: (request: WindowRequest<Name>, output: OperationOutput<Name>) => Trace
  readonly shown: (request: WindowRequest<Name>, output: OperationOutput<Name>) => Shown
}

/** Where the run of a step stands. */
export type StepState<Output> =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly jobId: number }
  | { readonly kind: 'done'; readonly output: Output }
  | { readonly kind: 'failed'; readonly error: WireError }
  | { readonly kind: 'cancelled' }

/** What the shared parts of the panels need of a step's store. */
export interface StepController {
  readonly step: StepName
  readonly state: StepState<unknown>
  /** What the step works on. */
  readonly situation: Situation
  /** Whether that is the open CT, and not one that the open CT came out of. */
  readonly isInputOpen: boolean
  readonly missing: string | null
  readonly command: CommandLine | null
  readonly job: Job | null
  showsAfter: boolean
  readonly apply: (force?: boolean) => Promise<void>
  readonly cancel: () => void
  readonly takeOpen: () => void
}
