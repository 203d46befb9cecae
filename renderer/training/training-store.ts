import { defineStore } from 'pinia'
import { computed, markRaw, shallowRef, watch } from 'vue'
import type { TrainOutput } from '../../native-workers/contract/operations/train.js'
import type { LiveEvent, Picture, Progress } from '../../native-workers/contract/progress.js'
import type { TrainingMeasurement } from '../../native-workers/contract/training/measurement.js'
import type { WindowRequest } from '../../native-workers/contract/window/bridge.js'
import type { Outcome } from '../../native-workers/contract/wire-error.js'
import { useJobsStore, type StartedJob } from '../stores/jobs.js'
import { useMessagesStore } from '../stores/messages.js'
import { useUnsavedStore } from '../stores/unsaved.js'
import { useWorkflowStore } from '../stores/workflow.js'
import { fileName } from '../text/format.js'
import { text } from '../text/en.js'
import { emptyTrace, extendTrace } from './trace.js'
import { resultOfOutput, resultOfRead, type TrainingState, type TrainingStep } from './training-state.js'

/** How often the curves take up what was measured; steps come faster than eyes follow. */
const takeUpMs = 250

/** The one training that runs, or that ran last, with its course; it outlasts the patient that it was started for. */
export const useTrainingStore = defineStore('training', () => {
  const jobs = useJobsStore()
  const messages = useMessagesStore()
  const workflow = useWorkflowStore()
  const unsaved = useUnsavedStore()

  const state = shallowRef<TrainingState>({ kind: 'none' })
  const trace = shallowRef(emptyTrace)
  /** Network inputs over the DRRs at the predicted poses. */
  const grid = shallowRef<Picture | null>(null)
  const progress = shallowRef<Progress | null>(null)
  /** Whether it belongs to the patient that is open. */
  const isOwn = shallowRef(true)
  let pending: TrainingMeasurement[] = []
  let running: StartedJob<TrainOutput> | null = null
  /** Counts what is shown, so that a late answer does not take its place. */
  let turn = 0

  const isRunning = computed(() => state.value.kind === 'running')
  /** For the project of the patient that is open. */
  const folder = computed(() => (state.value.kind === 'none' || !isOwn.value ? null : state.value.folder))
  const fraction = computed(() => {
    const { latest } = trace.value
    return !isRunning.value || latest === null ? null : latest.iteration / latest.totalIterations
  })
  /** Why no other training can begin now. */
  const missing = computed(() => (isRunning.value ? text.training.missing.running : null))

  watch(
    () => [state.value, fraction.value] as const,
    ([now, share]) => {
      for (const step of ['train', 'finetune'] as const) {
        const isShown = now.kind !== 'none' && now.step === step
        workflow.setStatus(step, isShown ? now.status : 'not-started')
        workflow.setProgress(step, isShown ? share : null)
      }
    },
  )

  function takeUp(): void {
    if (pending.length === 0) return
    trace.value = extendTrace(trace.value, pending)
    pending = []
  }

  function onEvent(event: LiveEvent): void {
    if (event.kind === 'training') {
      if (pending.length === 0) setTimeout(takeUp, takeUpMs)
      pending.push(event.measurement)
    } else if (event.kind === 'picture') {
      grid.value = markRaw(event.picture)
    }
  }

  const options = (title: string) => ({
    title,
    onEvent,
    onProgress: (next: Progress) => {
      progress.value = next
    },
  })

  /** Begins a training in a new folder. */
  async function start(step: TrainingStep, request: WindowRequest<'train'>): Promise<void> {
    if (isRunning.value) return
    trace.value = emptyTrace
    grid.value = null
    isOwn.value = true
    const title = `${text.workflow.steps[step]}: ${fileName(request.folder)}`
    await follow(step, request.folder, jobs.start('train', request, options(title)))
  }

  /** Goes on from the newest checkpoint. */
  async function goOn(): Promise<void> {
    const present = state.value
    if (present.kind === 'none' || present.kind === 'running') return
    const title = `${text.workflow.steps[present.step]}: ${fileName(present.folder)}`
    const request = { checkpoint: present.folder }
    await follow(present.step, present.folder, jobs.start('restart-training', request, options(title)))
  }

  async function follow(step: TrainingStep, into: string, job: StartedJob<TrainOutput>): Promise<void> {
    turn++
    pending = []
    progress.value = null
    running = job
    state.value = { kind: 'running', status: 'running', step, folder: into, jobId: job.id, pausing: false }
    const outcome = await job.promise
    running = null
    takeUp()
    end(step, into, outcome)
  }

  function end(step: TrainingStep, into: string, outcome: Outcome<TrainOutput>): void {
    if (outcome.ok) {
      const result = resultOfOutput(outcome.output)
      state.value = { kind: 'ended', status: 'done', step, folder: into, result }
    } else if (outcome.error.code === 'cancelled') {
      state.value = { kind: 'paused', status: 'unsaved', step, folder: into }
    } else {
      state.value = { kind: 'failed', status: 'failed', step, folder: into, error: outcome.error }
      messages.showError(outcome.error)
    }
    if (isOwn.value) return
    messages.show('info', text.training.endedElsewhere(fileName(into)))
    state.value = { kind: 'none' }
  }

  /** Saves a checkpoint and stops; `goOn` goes on from it. */
  function pause(): void {
    if (state.value.kind !== 'running') return
    state.value = { ...state.value, pausing: true }
    running?.cancel()
  }

  /** Shows the training of a folder, of this or an earlier session; whether there is one. */
  async function find(earlier: string, step?: TrainingStep): Promise<boolean> {
    if (state.value.kind === 'running') {
      if (state.value.folder === earlier) isOwn.value = true
      return state.value.folder === earlier
    }
    const mine = ++turn
    const outcome = await window.isocenter.run('read-training', { path: earlier }).promise
    if (mine !== turn) return false
    if (!outcome.ok) {
      messages.showError(outcome.error)
      return false
    }
    const { measurements, isFinished } = outcome.output
    const shown = extendTrace(emptyTrace, measurements)
    trace.value = shown
    grid.value = null
    isOwn.value = true
    const known = { step: step ?? 'train', folder: outcome.output.folder }
    state.value = isFinished
      ? { ...known, kind: 'ended', status: 'done', result: resultOfRead(outcome.output, shown) }
      : { ...known, kind: 'paused', status: 'unsaved' }
    return true
  }

  /** Leaves a paused training as it is, with what its checkpoints hold. */
  async function endHere(): Promise<void> {
    const present = state.value
    if (present.kind !== 'paused' && present.kind !== 'failed') return
    const { step, folder: path } = present
    const outcome = await window.isocenter.run('read-training', { path }).promise
    if (state.value !== present) return
    if (!outcome.ok) messages.showError(outcome.error)
    else {
      const result = resultOfRead(outcome.output, trace.value)
      state.value = { kind: 'ended', status: 'done', step, folder: path, result }
    }
  }

  /** Another patient is opened: what runs goes on by itself. */
  function forget(): void {
    isOwn.value = false
    if (isRunning.value) return
    turn++
    state.value = { kind: 'none' }
    trace.value = emptyTrace
    grid.value = null
  }

  unsaved.watchOver('training', () => isRunning.value, {
    missing: () => (state.value.kind === 'running' && state.value.pausing ? text.training.pausing : null),
    save: async () => {
      const ended = running?.promise
      pause()
      await ended
      return true
    },
  })

  return {
    ...{ state, trace, grid, progress, isRunning, folder, fraction, missing },
    ...{ start, goOn, pause, find, endHere, forget },
  }
})
