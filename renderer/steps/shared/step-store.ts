import { computed, ref, shallowRef, watch } from 'vue'
import type { OperationName, OperationOutput } from '../../../native-workers/contract/operations/index.js'
import type { WindowRequest } from '../../../native-workers/contract/window/bridge.js'
import { useHistoryStore } from '../../history/history-store.js'
import { mergeKeyOf } from '../../history/merge-key.js'
import { useEngineStore } from '../../stores/engine.js'
import { useJobsStore } from '../../stores/jobs.js'
import { useMessagesStore } from '../../stores/messages.js'
import { useOutputFolderStore } from '../../stores/output-folder.js'
import { usePatientSessionStore } from '../../stores/patient-session.js'
import { useStepRunsStore } from '../../stores/step-runs.js'
import { useVolumeStore } from '../../stores/volume.js'
import { useWorkflowStore } from '../../stores/workflow.js'
import { text } from '../../text/en.js'
import type { StepStatus } from '../../workflow/step-names.js'
import { isCurrent, originIn, type SessionFiles } from './lineage.js'
import type { Situation } from './prepared.js'
import { sessionLabelsPath } from './session-labels.js'
import { showInViews } from './show-in-views.js'
import type { StepDefinition, StepState } from './step-definition.js'

/** The setup of a step's store: its form, its run, and what the rail says of it. */
export function stepSetup<Name extends OperationName, Form extends object>(
  definition: StepDefinition<Name, Form>,
) {
  const { step, operation } = definition
  return () => {
    const [engine, jobs, messages] = [useEngineStore(), useJobsStore(), useMessagesStore()]
    const [volumes, folders] = [useVolumeStore(), useOutputFolderStore()]
    const [history, workflow] = [useStepRunsStore(), useWorkflowStore()]
    const patientSession = usePatientSessionStore()
    const changes = useHistoryStore()
    const held = shallowRef<{ readonly form: Form }>({ form: definition.form })
    const form = computed(() => held.value.form)
    const state = shallowRef<StepState<OperationOutput<Name>>>({ kind: 'idle' })
    /** Whether a result is opened in the views once it is there. */
    const showsAfter = ref(definition.showsAfter)

    /** The person wants the step done to the open CT even where that came out of this step. */
    const takesOpen = ref(false)

    const session = computed<SessionFiles>(() => ({
      volume: volumes.volume?.source.path ?? null,
      labels: sessionLabelsPath(),
    }))
    const situation = computed<Situation>(() => {
      const origin = (kind: 'volume' | 'labels') =>
        takesOpen.value ? null : originIn(step, kind, session.value[kind], history.runs)
      return {
        engineReady: engine.isReady,
        volume: origin('volume')?.source ?? volumes.volume?.source ?? null,
        labelsPath: origin('labels')?.labels ?? session.value.labels,
        outputFolder: folders.folder,
      }
    })
    const isInputOpen = computed(() => (situation.value.volume?.path ?? null) === session.value.volume)
    const prepared = computed(() => definition.prepare(situation.value, form.value))
    const missing = computed(() => (prepared.value.kind === 'missing' ? prepared.value.what : null))
    const command = computed(() =>
      prepared.value.kind === 'ready' ? definition.command(prepared.value.request) : null,
    )
    const output = computed(() => (state.value.kind === 'done' ? state.value.output : null))
    const job = computed(() => {
      const running = state.value
      return running.kind === 'running' ? (jobs.jobs.find(({ id }) => id === running.jobId) ?? null) : null
    })
    const settings = computed(() => JSON.stringify([form.value, definition.settings?.()]))
    const status = computed<StepStatus>(() => {
      if (state.value.kind === 'running' || state.value.kind === 'failed') return state.value.kind
      const last = history.lastOf(step)
      if (last === null) return 'not-started'
      return isCurrent(last, history.runs, session.value, settings.value) ? 'done' : 'out-of-date'
    })
    watch(status, (next) => workflow.setStatus(step, next), { flush: 'sync' })
    watch(
      () => patientSession.epoch,
      () => {
        if (state.value.kind !== 'running') state.value = { kind: 'idle' }
      },
    )

    /** Sets the form without a record of it: what is saved elsewhere, or still being dragged. */
    function put(part: Partial<Form>): void {
      held.value = { form: { ...form.value, ...part } }
    }

    function change(part: Partial<Form>): void {
      const about = {
        scope: 'settings',
        label: text.history.stepSettings(text.workflow.steps[step]),
        mergeKey: mergeKeyOf(step, part),
      } as const
      changes.assign(about, form.value, { ...form.value, ...part }, (next) => {
        held.value = { form: next }
      })
    }

    /** Runs the step; `force` replaces what something else wrote. */
    async function apply(force = false): Promise<void> {
      if (prepared.value.kind !== 'ready' || state.value.kind === 'running') return
      const request: WindowRequest<Name> = { ...prepared.value.request, force }
      const run = { step, settings: settings.value, source: situation.value.volume }
      const title = `${text.workflow.steps[step]}: ${definition.subject(request)}`
      const { id, promise } = jobs.start(operation, request, { title })
      state.value = { kind: 'running', jobId: id }
      const { epoch } = patientSession
      const outcome = await promise
      if (epoch !== patientSession.epoch) {
        // The files are written where they were asked for; the views belong to somebody else by now.
        if (outcome.ok) history.enter(run, definition.trace(request, outcome.output))
        if (outcome.ok) messages.show('info', text.project.finishedElsewhere(title))
        state.value = { kind: 'idle' }
      } else if (outcome.ok) {
        history.enter(run, definition.trace(request, outcome.output))
        takesOpen.value = false
        state.value = { kind: 'done', output: outcome.output }
        const shown = definition.shown(request, outcome.output)
        if (showsAfter.value) await showInViews(shown)
      } else if (outcome.error.code === 'cancelled') {
        state.value = { kind: 'cancelled' }
      } else {
        state.value = { kind: 'failed', error: outcome.error }
        // The panel itself offers to replace; nothing has gone wrong yet.
        if (outcome.error.code !== 'output-exists') messages.showError(outcome.error)
      }
    }

    function cancel(): void {
      if (state.value.kind === 'running') jobs.cancel(state.value.jobId)
    }

    /** Goes on from the open CT and label map, whatever they came out of. */
    function takeOpen(): void {
      takesOpen.value = true
    }

    return {
      ...{ step, form, state, situation, isInputOpen, showsAfter, missing, command, output, job, status },
      ...{ change, put, apply, cancel, takeOpen },
    }
  }
}
