import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Sample } from '../../native-workers/contract/window/messages.js'
import type { EvaluatePoseOutput } from '../../native-workers/contract/operations/evaluate.js'
import { usePointsStore } from '../points/points-store.js'
import { useLabelsStore } from './labels.js'
import { useMessagesStore } from './messages.js'
import { usePoseStore } from './pose.js'
import { useRegistrationStore } from './registration.js'
import { useVolumeStore } from './volume.js'
import { defaultPreprocessing, useXraysStore } from './xrays.js'

/** The sample's X-rays are intensities behind the patient: bone is dark until they are linearized. */
const samplePreprocessing = { ...defaultPreprocessing, linearize: true }

/** The built-in sample, whose true pose is known, so that a result can be measured against it. */
export const useSampleStore = defineStore('sample', () => {
  const messages = useMessagesStore()
  const volumes = useVolumeStore()
  const labels = useLabelsStore()
  const xrays = useXraysStore()
  const pose = usePoseStore()
  const registration = useRegistrationStore()
  const points = usePointsStore()
  const sample = shallowRef<Sample | null>(null)
  const opening = ref(false)

  /** Whether what is open still is the sample. */
  const isOpen = computed(
    () => sample.value !== null && volumes.volume?.source.path === sample.value.files.volume,
  )

  async function open(): Promise<void> {
    if (opening.value) return
    opening.value = true
    const outcome = await window.isocenter.openSample()
    if (outcome.ok) {
      sample.value = outcome.output
      await openFiles(outcome.output)
    } else {
      messages.showError(outcome.error)
    }
    opening.value = false
  }

  async function openFiles({ files, landmarks }: Sample): Promise<void> {
    if (!(await volumes.open({ path: files.volume, acceptGeometry: false }))) return
    xrays.clear()
    void labels.open(files.labels)
    for (const view of files.views) {
      await xrays.open(view.xray, { kind: 'file', path: view.camera }, samplePreprocessing)
    }
    pose.begin(pose.nominal('AP'))
    points.restore(landmarks.points)
    // They measure a pose, but are not what the sample is looked at for.
    points.isShown = false
    for (const [index, { landmarks: path }] of files.views.entries()) {
      const seen = await window.isocenter.readJsonFile('image-points', path)
      const xray = xrays.xrays[index]
      if (seen.ok && xray !== undefined) points.attach(xray.id, seen.output.points)
    }
  }

  /** Errors of the newest registration against the sample's true pose; null when there is none. */
  async function evaluate(): Promise<EvaluatePoseOutput | null> {
    const finished = registration.result
    const truth = sample.value?.truths[0]
    if (!isOpen.value || sample.value === null || truth === undefined || finished === null) return null
    const { result } = finished
    const outcome = await window.isocenter.run('evaluate-pose', {
      estimate: result.final.worldFromVolume,
      truth: truth.worldFromVolume,
      points: sample.value.landmarks,
      cameras: result.views.map(({ camera }) => camera),
    }).promise
    return outcome.ok ? outcome.output : null
  }

  return { isOpen, opening, open, evaluate }
})
