import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { RegisterSequenceOutput } from '../../native-workers/contract/operations/register-sequence.js'
import { latestOnly } from '../composables/latest-only.js'
import { useJobsStore } from '../stores/jobs.js'
import { useMessagesStore } from '../stores/messages.js'
import { useOutputFolderStore } from '../stores/output-folder.js'
import { usePatientSessionStore } from '../stores/patient-session.js'
import { usePoseStore } from '../stores/pose.js'
import { useRegistrationStore } from '../stores/registration.js'
import { useVolumeStore } from '../stores/volume.js'
import { useXraysStore } from '../stores/xrays.js'
import { caseNameOf, joinPath } from '../steps/shared/paths.js'
import type { StepState } from '../steps/shared/step-definition.js'
import { text } from '../text/en.js'
import { framesFromField } from './frames-text.js'

/** The motion over the frames of the X-rays that are registered, and which frame is looked at. */
export const useSequenceStore = defineStore('sequence', () => {
  const registration = useRegistrationStore()
  const jobs = useJobsStore()
  const messages = useMessagesStore()
  const folders = useOutputFolderStore()
  const patientSession = usePatientSessionStore()
  const volumes = useVolumeStore()
  const xrays = useXraysStore()
  const pose = usePoseStore()

  const framesText = ref('all')
  const state = shallowRef<StepState<RegisterSequenceOutput>>({ kind: 'idle' })
  /** Kept while the next run is under way. */
  const output = shallowRef<RegisterSequenceOutput | null>(null)
  /** Place in the sequence, counted from 0. */
  const shownIndex = ref(0)

  /** Frames that every X-ray of the registration has. */
  const frameCount = computed(() =>
    xrays.included.length === 0 ? 0 : Math.min(...xrays.included.map(({ opened }) => opened.tags.frames)),
  )
  const frames = computed(() => framesFromField(framesText.value, frameCount.value))
  const folder = computed(() => {
    const [first] = xrays.included
    return folders.folder === null || first === undefined
      ? null
      : joinPath(folders.folder, `sequence-${caseNameOf(first.source.path)}`)
  })
  const missing = computed(() => {
    if (registration.missing !== null) return registration.missing
    if (registration.isRunning) return text.results.removeRunning
    if (frames.value === null) return text.sequence.missing.frames(frameCount.value)
    return folder.value === null ? text.sequence.missing.folder : null
  })
  const jobId = computed(() => (state.value.kind === 'running' ? state.value.jobId : null))
  const shownFrame = computed(() => output.value?.sequence.frames[shownIndex.value] ?? null)

  function forget(): void {
    output.value = null
    shownIndex.value = 0
    if (state.value.kind !== 'running') state.value = { kind: 'idle' }
  }
  watch([() => volumes.volume, () => patientSession.epoch], forget)

  /** Registers the frames; those that are done are kept. `force` replaces those of other settings. */
  async function apply(force = false): Promise<void> {
    const { request } = registration
    if (missing.value !== null || request === null || frames.value === null || folder.value === null) return
    if (state.value.kind === 'running') return
    const { epoch } = patientSession
    const volumePath = request.volume.path
    const title = text.sequence.job(xrays.included.map(({ opened }) => opened.name).join(', '))
    const input = { registration: request, frames: frames.value, folder: folder.value, force }
    const job = jobs.start('register-sequence', input, { title })
    state.value = { kind: 'running', jobId: job.id }
    const outcome = await job.promise
    const isElsewhere = epoch !== patientSession.epoch || volumes.volume?.source.path !== volumePath
    if (outcome.ok && isElsewhere) {
      messages.show('info', text.project.finishedElsewhere(title))
      state.value = { kind: 'idle' }
    } else if (outcome.ok) {
      output.value = outcome.output
      state.value = { kind: 'done', output: outcome.output }
      show(0)
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

  const showNewest = latestOnly(async (index: number) => {
    const frame = output.value?.sequence.frames[index]
    if (frame === undefined) return
    for (const { id, source, cameraSource } of xrays.included) {
      if (source.frame !== frame.frame) {
        await xrays.reopen(id, { ...source, frame: frame.frame }, cameraSource)
      }
    }
    if (output.value?.sequence.frames[index] === frame) pose.set(frame.worldFromVolume, 'result')
  })

  /** Shows a frame's X-rays with its DRR. */
  function show(index: number): void {
    shownIndex.value = index
    showNewest(index)
  }

  return {
    ...{ framesText, frameCount, frames, folder, state, output, shownIndex, shownFrame, missing, jobId },
    ...{ apply, cancel, show },
  }
})
