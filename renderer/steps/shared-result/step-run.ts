import { computed, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import type { OperationName, OperationOutput } from '../../../native-workers/contract/operations/index.js'
import type { WindowRequest } from '../../../native-workers/contract/window/bridge.js'
import { useHistoryStore } from '../../history/history-store.js'
import { mergeKeyOf } from '../../history/merge-key.js'
import { useJobsStore } from '../../stores/jobs.js'
import { useMessagesStore } from '../../stores/messages.js'
import { usePatientSessionStore } from '../../stores/patient-session.js'
import { text } from '../../text/en.js'
import type { StepState } from '../shared/step-definition.js'

/** What a step wrote last. `version` differs between runs, so that no earlier picture is shown. */
export interface Written<Name extends OperationName> {
  readonly request: WindowRequest<Name>
  readonly output: OperationOutput<Name>
  readonly version: number
}

export interface StepRun<Name extends OperationName> {
  readonly state: ShallowRef<StepState<Written<Name>>>
  /** Kept while the next run is under way; gone with the patient. */
  readonly written: ShallowRef<Written<Name> | null>
  readonly jobId: ComputedRef<number | null>
  /** Whether it was written, and for the patient that it was begun for. */
  readonly run: (request: WindowRequest<Name>, jobTitle: string) => Promise<boolean>
  readonly cancel: () => void
}

/** The runs of an operation that leaves files. One that ends after the patient has changed is told of, not shown. */
export function useStepRun<Name extends OperationName>(operation: Name, title: string): StepRun<Name> {
  const [jobs, messages, patientSession] = [useJobsStore(), useMessagesStore(), usePatientSessionStore()]
  const state = shallowRef<StepState<Written<Name>>>({ kind: 'idle' })
  const written = shallowRef<Written<Name> | null>(null)
  const jobId = computed(() => (state.value.kind === 'running' ? state.value.jobId : null))
  watch(
    () => patientSession.epoch,
    () => {
      written.value = null
      if (state.value.kind !== 'running') state.value = { kind: 'idle' }
    },
  )

  async function run(request: WindowRequest<Name>, jobTitle: string): Promise<boolean> {
    const job = jobs.start(operation, request, { title: jobTitle })
    state.value = { kind: 'running', jobId: job.id }
    const { epoch } = patientSession
    const outcome = await job.promise
    if (epoch !== patientSession.epoch) {
      if (outcome.ok) messages.show('info', text.project.finishedElsewhere(title))
      state.value = { kind: 'idle' }
      return false
    }
    if (outcome.ok) {
      written.value = { request, output: outcome.output, version: job.id }
      state.value = { kind: 'done', output: written.value }
    } else if (outcome.error.code === 'cancelled') {
      state.value = { kind: 'cancelled' }
    } else {
      state.value = { kind: 'failed', error: outcome.error }
      // The panel itself offers to replace; nothing has gone wrong yet.
      if (outcome.error.code !== 'output-exists') messages.showError(outcome.error)
    }
    return outcome.ok
  }

  function cancel(): void {
    if (jobId.value !== null) jobs.cancel(jobId.value)
  }

  return { state, written, jobId, run, cancel }
}

/** The form of a step, whose changes can be undone. */
export function useStepForm<Form extends object>(
  title: string,
  initial: Form,
): { readonly form: ShallowRef<Form>; readonly change: (part: Partial<Form>) => void } {
  const history = useHistoryStore()
  const form: ShallowRef<Form> = shallowRef(initial)

  function change(part: Partial<Form>): void {
    const about = {
      scope: 'settings',
      label: text.history.stepSettings(title),
      mergeKey: mergeKeyOf(title, part),
    } as const
    history.assign(about, form.value, { ...form.value, ...part }, (next) => {
      form.value = next
    })
  }

  return { form, change }
}
