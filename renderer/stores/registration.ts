import { defineStore } from 'pinia'
import { computed, markRaw, ref, shallowRef, watch } from 'vue'
import type { SavedRegistrationResult } from '../../native-workers/contract/files/registration-result.js'
import type { RegisterOutput } from '../../native-workers/contract/operations/register.js'
import type { LiveEvent, Picture, Progress } from '../../native-workers/contract/progress.js'
import type { Matrix4 } from '../../native-workers/contract/matrix.js'
import { matrix4Of } from '../geometry/matrix4-of.js'
import { useHistoryStore } from '../history/history-store.js'
import { landmarkFiles, missingForPose } from '../points/landmark-start.js'
import { usePointsStore } from '../points/points-store.js'
import { expectedEnd, type ExpectedEnd } from '../registration/remaining-time.js'
import {
  missingForRegistration,
  registrationRequest,
  type RegistrationSituation,
} from '../registration/request.js'
import {
  emptyTrace,
  extendTrace,
  traceOfResult,
  type SimilarityTrace,
  type TracePoint,
} from '../registration/trace.js'
import { folderOf } from '../steps/shared/paths.js'
import { text } from '../text/en.js'
import { useEngineStore } from './engine.js'
import { useJobsStore } from './jobs.js'
import { useMessagesStore } from './messages.js'
import { usePoseStore } from './pose.js'
import { useRegistrationSettingsStore } from './registration-settings.js'
import { useVolumeStore } from './volume.js'
import { useXraysStore } from './xrays.js'

/** How the newest registration goes, or went. */
export type RegistrationState =
  | { readonly kind: 'idle' | 'done' | 'failed' | 'cancelled' }
  | {
      readonly kind: 'running'
      readonly startedAtMs: number
      readonly progress: Progress | null
      readonly expected: ExpectedEnd | null
      readonly cancelling: boolean
    }

export interface FinishedRegistration {
  readonly result: SavedRegistrationResult
  /** With the pictures; null for a result that was opened from its folder. */
  readonly output: RegisterOutput | null
  readonly elapsedMs: number
  /** The newest file that was written of it; null until it is saved. */
  readonly savedFile: string | null
}

export const useRegistrationStore = defineStore('registration', () => {
  const engine = useEngineStore()
  const jobs = useJobsStore()
  const messages = useMessagesStore()
  const volumes = useVolumeStore()
  const xrays = useXraysStore()
  const pose = usePoseStore()
  const settings = useRegistrationSettingsStore()
  const points = usePointsStore()

  const state = shallowRef<RegistrationState>({ kind: 'idle' })
  /** The newest result, or the one chosen from the list; a run that is cancelled or fails leaves it as it is. */
  const result = shallowRef<FinishedRegistration | null>(null)
  const trace = shallowRef<SimilarityTrace>(emptyTrace)
  /** The newest picture that the running registration sent. */
  const livePicture = shallowRef<Picture | null>(null)
  /** The pose of the newest iteration; null when none runs. */
  const livePose = shallowRef<Matrix4 | null>(null)
  const saving = ref(false)
  /** The save under way, for those who ask meanwhile. */
  let pendingSave: Promise<string | null> = Promise.resolve(null)
  let cancelRun: (() => void) | null = null
  let pendingPoints: TracePoint[] = []

  const isRunning = computed(() => state.value.kind === 'running')
  useHistoryStore().lockWhile(() => (isRunning.value ? text.history.registering : null))
  /** The result while no run is under way that may replace it. */
  const shownResult = computed(() => (isRunning.value ? null : result.value))
  watch(
    () => volumes.volume,
    () => {
      result.value = null
      trace.value = emptyTrace
    },
  )
  const landmarks = computed(() => {
    const ids = xrays.included.map(({ id }) => id)
    const missing = points.isOfOtherVolume
      ? text.points.missing.otherVolume
      : missingForPose(points.pairs, ids)
    return { ...landmarkFiles(points.pairs, ids), missing }
  })
  const situation = computed<RegistrationSituation>(() => ({
    engineReady: engine.isReady,
    volume: volumes.volume?.source ?? null,
    labels: volumes.labels,
    views: xrays.included,
    settings: settings.settings,
    worldFromVolume: pose.worldFromVolume,
    nominal: pose.nominal,
    startResult: settings.startResult?.result ?? null,
    networks: settings.networks,
    landmarks: landmarks.value,
  }))
  /** What would be asked for now; null while something is missing. */
  const request = computed(() => registrationRequest(situation.value))
  const missing = computed(() => missingForRegistration(situation.value))

  function takePoints(): void {
    if (pendingPoints.length === 0) return
    trace.value = extendTrace(trace.value, pendingPoints)
    pendingPoints = []
  }

  /** Iterations may come faster than the screen is drawn: they are taken up once per frame. */
  function onEvent(event: LiveEvent): void {
    if (event.kind === 'picture') {
      livePicture.value = markRaw(event.picture)
    } else if (event.kind === 'iteration') {
      if (pendingPoints.length === 0) requestAnimationFrame(takePoints)
      pendingPoints.push(event)
      livePose.value = matrix4Of(event.worldFromVolume)
    }
  }

  /** Runs one registration to its end; does nothing while one runs or something is missing. */
  async function start(): Promise<void> {
    if (request.value === null || isRunning.value) return
    const startedAtMs = performance.now()
    const volumePath = request.value.volume.path
    messages.clear()
    engine.dismissLoss()
    trace.value = emptyTrace
    pendingPoints = []
    livePicture.value = null
    state.value = { kind: 'running', startedAtMs, progress: null, expected: null, cancelling: false }
    const title = text.jobs.register(xrays.included.map(({ opened }) => opened.name).join(', '))
    const running = jobs.start('register', request.value, {
      title,
      onProgress: (progress) => {
        if (state.value.kind !== 'running') return
        const expected = expectedEnd(state.value.expected, progress, performance.now())
        state.value = { ...state.value, progress, expected }
      },
      onEvent,
    })
    cancelRun = () => {
      running.cancel()
    }
    const outcome = await running.promise
    cancelRun = null
    takePoints()
    livePose.value = null
    livePicture.value = null
    if (outcome.ok) {
      const output = markRaw(outcome.output)
      state.value = { kind: 'done' }
      const elapsedMs = performance.now() - startedAtMs
      result.value = { result: output.result, output, elapsedMs, savedFile: null }
      // Another CT may have been opened meanwhile, which the pose has nothing to do with.
      if (volumes.volume?.source.path === volumePath) {
        pose.place(output.result.final.worldFromVolume, 'registration')
      }
    } else {
      state.value = { kind: outcome.error.code === 'cancelled' ? 'cancelled' : 'failed' }
      messages.showError(outcome.error)
    }
  }

  function cancel(): void {
    if (state.value.kind !== 'running') return
    state.value = { ...state.value, cancelling: true }
    cancelRun?.()
  }

  /** Shows a result that was made earlier, with its curve; the pose stays where it is. */
  function show(earlier: FinishedRegistration): void {
    if (isRunning.value) return
    result.value = earlier
    trace.value = traceOfResult(earlier.result)
    state.value = { kind: 'done' }
  }

  /** Shows no result. */
  function showNone(): void {
    if (isRunning.value) return
    result.value = null
    trace.value = emptyTrace
    state.value = { kind: 'idle' }
  }

  /** Writes the result to a folder that the person chooses. */
  async function save(): Promise<void> {
    const shown = shownResult.value
    if (shown === null) messages.show('info', text.result.notDone)
    if (shown === null || saving.value) return
    const folder = await window.isocenter.chooseSaveFolder()
    if (folder === null) return
    await saveInto(folder)
  }

  /** Writes the result to a folder for results; its `result.json`, or null where that failed or there is none. */
  async function saveInto(folder: string): Promise<string | null> {
    await pendingSave
    const shown = shownResult.value
    if (shown === null) return null
    // Asked for meanwhile by somebody else, or opened from where it lies.
    const isThere = shown.savedFile !== null && folderOf(shown.savedFile) === folder
    if (shown.output === null || isThere) return shown.savedFile
    pendingSave = write(shown, shown.output, folder)
    return pendingSave
  }

  async function write(
    shown: FinishedRegistration,
    output: RegisterOutput,
    folder: string,
  ): Promise<string | null> {
    saving.value = true
    const request = { output, folder }
    const outcome = await window.isocenter.run('save-registration', request).promise
    saving.value = false
    if (!outcome.ok) {
      messages.showError(outcome.error)
      return null
    }
    const savedFile = outcome.output.files.at(-1) ?? folder
    if (result.value === shown) result.value = { ...shown, savedFile }
    return savedFile
  }

  return {
    state,
    result,
    shownResult,
    trace,
    livePicture,
    livePose,
    saving,
    isRunning,
    missing,
    request,
    show,
    showNone,
    start,
    cancel,
    save,
    saveInto,
  }
})
