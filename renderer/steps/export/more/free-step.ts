import { computed } from 'vue'
import type { OperationName } from '../../../../native-workers/contract/operations/index.js'
import type { WindowRequest } from '../../../../native-workers/contract/window/bridge.js'
import { useEngineStore } from '../../../stores/engine.js'
import { text } from '../../../text/en.js'
import type { CommandLine } from '../../shared/command-line.js'
import type { Prepared } from '../../shared/prepared.js'
import { missing } from '../../shared/prepared.js'
import { useStepForm, useStepRun } from '../../shared-result/step-run.js'

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
    const engine = useEngineStore()
    const { form, change } = useStepForm(title, definition.form)
    const { state, written, jobId, run, cancel } = useStepRun(operation, title)

    const prepared = computed<Prepared<WindowRequest<Name>>>(() =>
      engine.isReady ? definition.prepare(form.value) : missing(text.engine.notReady),
    )
    const missingNow = computed(() => (prepared.value.kind === 'missing' ? prepared.value.what : null))
    const command = computed<CommandLine | null>(() =>
      prepared.value.kind === 'ready'
        ? { kind: 'command', words: definition.command(prepared.value.request) }
        : null,
    )

    async function apply(force = false): Promise<void> {
      if (prepared.value.kind !== 'ready' || state.value.kind === 'running') return
      await run({ ...prepared.value.request, force }, title)
    }

    return { form, state, written, missing: missingNow, command, jobId, change, apply, cancel }
  }
}
