import { computed, shallowRef, type ShallowRef } from 'vue'
import type { OperationName } from '../../../../native-workers/contract/operations/index.js'
import type { WindowRequest } from '../../../../native-workers/contract/window/bridge.js'
import { useHistoryStore } from '../../../history/history-store.js'
import { useEngineStore } from '../../../stores/engine.js'
import { useJobsStore } from '../../../stores/jobs.js'
import { useMessagesStore } from '../../../stores/messages.js'
import { text } from '../../../text/en.js'
import type { CommandLine } from '../../shared/command-line.js'
import type { Prepared } from '../../shared/prepared.js'
import { missing } from '../../shared/prepared.js'
import type { StepState } from '../../shared/step-definition.js'
import type { Written } from '../../shared-result/result-step.js'

/** An export that needs no registration: surfaces of labels, films of earlier results. */
export interface FreeStepDefinition<Name extends OperationName, Form extends object> {
  readonly operation: Name
  readonly title: string
  readonly form: Form
  /** Reads what it needs of the session's stores. */
  readonly prepare: (form: Form) => Prepared<WindowRequest<Name>>
  readonly command: (request: WindowRequest<Name>) => readonly string[]
}

/** The setup of its store; a `ResultStepController` for the run bar. */
export function freeStepSetup<Name extends OperationName, Form extends object>(
  definition: FreeStepDefinition<Name, Form>,
) {
  const { operation, title } = definition
  return () => {
    const [engine, jobs, messages] = [useEngineStore(), useJobsStore(), useMessagesStore()]
    const history = useHistoryStore()
    const form: ShallowRef<Form> = shallowRef(definition.form)
    const state = shallowRef<StepState<Written<Name>>>({ kind: 'idle' })
    /** Kept while the next run is under way. */
    const written = shallowRef<Written<Name> | null>(null)

    const prepared = computed<Prepared<WindowRequest<Name>>>(() =>
      engine.isReady ? definition.prepare(form.value) : missing(text.engine.notReady),
    )
    const missingNow = computed(() => (prepared.value.kind === 'missing' ? prepared.value.what : null))
    const command = computed<CommandLine | null>(() =>
      prepared.value.kind === 'ready'
        ? { kind: 'command', words: definition.command(prepared.value.request) }
        : null,
    )
    const jobId = computed(() => (state.value.kind === 'running' ? state.value.jobId : null))

    function change(part: Partial<Form>): void {
      const about = {
        scope: 'settings',
        label: text.history.stepSettings(title),
        mergeKey: `${title}: ${Object.keys(part).join()}`,
      } as const
      history.assign(about, form.value, { ...form.value, ...part }, (next) => {
        form.value = next
      })
    }

    async function apply(force = false): Promise<void> {
      if (prepared.value.kind !== 'ready' || state.value.kind === 'running') return
      const request: WindowRequest<Name> = { ...prepared.value.request, force }
      const job = jobs.start(operation, request, { title })
      state.value = { kind: 'running', jobId: job.id }
      const outcome = await job.promise
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
    }

    function cancel(): void {
      if (jobId.value !== null) jobs.cancel(jobId.value)
    }

    return { form, state, written, missing: missingNow, command, jobId, change, apply, cancel }
  }
}
