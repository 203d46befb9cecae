import { computed, shallowRef, watch } from 'vue'
import type { OperationName } from '../../../native-workers/contract/operations/index.js'
import type { WindowRequest } from '../../../native-workers/contract/window/bridge.js'
import { useEngineStore } from '../../stores/engine.js'
import { useOutputFolderStore } from '../../stores/output-folder.js'
import { useRegistrationStore } from '../../stores/registration.js'
import { useWorkflowStore } from '../../stores/workflow.js'
import { text } from '../../text/en.js'
import type { StepName, StepStatus } from '../../workflow/step-names.js'
import type { CommandLine } from '../shared/command-line.js'
import { missing, type Prepared } from '../shared/prepared.js'
import type { StepState } from '../shared/step-definition.js'
import { useResultSourceStore } from './result-source.js'
import { useStepForm, useStepRun } from './step-run.js'

/** What a step works on once it has a result and a folder. */
export interface ResultSituation {
  readonly resultPath: string
  readonly outputFolder: string
  readonly caseName: string
  readonly viewIndex: number
}

/** A step on a saved registration as pure functions between its form, the operation and the command line. */
export interface ResultStepDefinition<Name extends OperationName, Form extends object> {
  readonly step: StepName
  readonly operation: Name
  readonly title: string
  readonly form: Form
  readonly prepare: (situation: ResultSituation, form: Form) => Prepared<WindowRequest<Name>>
  /** The words of the command that does the same. */
  readonly command: (request: WindowRequest<Name>, form: Form) => readonly string[]
}

/** What the run bar needs of a step's store. */
export interface ResultStepController {
  readonly state: StepState<unknown>
  readonly missing: string | null
  readonly jobId: number | null
  readonly apply: (force?: boolean) => Promise<void>
  readonly cancel: () => void
}

/** The setup of such a step's store. */
export function resultStepSetup<Name extends OperationName, Form extends object>(
  definition: ResultStepDefinition<Name, Form>,
) {
  const { step, operation, title } = definition
  return () => {
    const [engine, registration, folders] = [useEngineStore(), useRegistrationStore(), useOutputFolderStore()]
    const [source, workflow] = [useResultSourceStore(), useWorkflowStore()]
    const { form, change } = useStepForm(title, definition.form)
    const { state, written, jobId, run, cancel } = useStepRun(operation, title)
    /** What the newest complete run was made from. */
    const madeFrom = shallowRef<string | null>(null)

    const prepared = computed<Prepared<WindowRequest<Name>>>(() => {
      if (!engine.isReady) return missing(text.engine.notReady)
      if (source.source === null) {
        return missing(
          registration.isRunning ? text.resultSteps.missing.registering : text.resultSteps.missing.result,
        )
      }
      if (folders.folder === null || source.path === null) return missing(text.resultSteps.missing.folder)
      const situation = {
        resultPath: source.path,
        outputFolder: folders.folder,
        caseName: source.caseName,
        viewIndex: source.viewIndex,
      }
      return definition.prepare(situation, form.value)
    })
    const missingNow = computed(() => (prepared.value.kind === 'missing' ? prepared.value.what : null))
    const command = computed<CommandLine | null>(() =>
      prepared.value.kind === 'ready'
        ? { kind: 'command', words: definition.command(prepared.value.request, form.value) }
        : null,
    )
    const present = computed(() => JSON.stringify([source.identity, prepared.value]))
    const status = computed<StepStatus>(() => {
      if (state.value.kind === 'running' || state.value.kind === 'failed') return state.value.kind
      if (madeFrom.value === null || written.value === null) return 'not-started'
      return madeFrom.value === present.value ? 'done' : 'out-of-date'
    })
    watch(status, (next) => workflow.setStatus(step, next), { flush: 'sync' })

    /** Saves the result where needed, then runs the step; `force` replaces what something else wrote. */
    async function apply(force = false): Promise<void> {
      if (prepared.value.kind !== 'ready' || state.value.kind === 'running') return
      state.value = { kind: 'running', jobId: 0 }
      if ((await source.saved()) === null || prepared.value.kind !== 'ready') {
        state.value = { kind: 'idle' }
        return
      }
      const from = present.value
      const request: WindowRequest<Name> = { ...prepared.value.request, force }
      if (await run(request, `${title}: ${source.caseName}`)) madeFrom.value = from
    }

    return { form, state, written, missing: missingNow, command, jobId, status, change, apply, cancel }
  }
}
