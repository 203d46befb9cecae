import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import { uncropped } from '../geometry/camera-edits.js'
import { useEngineStore } from '../stores/engine.js'
import { useMessagesStore } from '../stores/messages.js'
import { usePoseStore } from '../stores/pose.js'
import { useRegistrationStore } from '../stores/registration.js'
import { idle, type Task } from '../stores/task.js'
import { useVolumeStore } from '../stores/volume.js'
import { useXraysStore } from '../stores/xrays.js'
import { text } from '../text/en.js'
import { missingForPose } from './landmark-start.js'
import { volumeFile, xrayFile } from './point-pairs.js'
import { usePointsStore } from './points-store.js'

/** How well the pose from points fits them. */
export interface PointsFit {
  readonly rmsPixels: number
  readonly xrayCount: number
  /** Names of pairs that contradict the others. */
  readonly leftOut: readonly string[]
}

/** Places the pose by the pairs of points, in all X-rays with a known camera. */
export const usePointsFitStore = defineStore('points-fit', () => {
  const points = usePointsStore()
  const xrays = useXraysStore()
  const volumes = useVolumeStore()
  const engine = useEngineStore()
  const pose = usePoseStore()
  const registration = useRegistrationStore()
  const messages = useMessagesStore()
  const fit = shallowRef<Task<PointsFit>>(idle)

  const views = computed(() =>
    xrays.xrays.flatMap(({ id, camera, source }) =>
      camera === null ? [] : [{ id, camera: uncropped(camera, source.preprocessing.crop) }],
    ),
  )
  const missing = computed(() => {
    const words = text.points.missing
    if (!engine.isReady) return words.engine
    if (volumes.volume === null) return words.volume
    if (views.value.length === 0) return words.xray
    if (points.isOfOtherVolume) return words.otherVolume
    if (registration.isRunning) return words.running
    const ids = views.value.map(({ id }) => id)
    return missingForPose(points.pairs, ids)
  })

  // What was fitted is no longer what is seen.
  watch([() => points.pairs, views], () => {
    if (fit.value.kind !== 'running') fit.value = idle
  })

  async function placePose(): Promise<void> {
    if (missing.value !== null || fit.value.kind === 'running') return
    const pictures = views.value
      .map(({ id, camera }) => ({ camera, points2d: xrayFile(points.pairs, id) }))
      .filter(({ points2d }) => points2d.points.length > 0)
    fit.value = { kind: 'running', startedAtMs: performance.now(), progress: null }
    const request = { points3d: volumeFile(points.pairs), views: pictures }
    const outcome = await window.isocenter.run('pose-from-points', request).promise
    if (!outcome.ok) {
      fit.value = { kind: 'failed', error: outcome.error }
      messages.showError(outcome.error)
      return
    }
    const { worldFromVolume, rmsPixels, residuals } = outcome.output
    pose.place(worldFromVolume, 'points')
    const leftOut = residuals.filter(({ inlier }) => !inlier).map(({ name }) => name)
    fit.value = {
      kind: 'done',
      output: { rmsPixels, xrayCount: pictures.length, leftOut: [...new Set(leftOut)] },
    }
  }

  return { fit, missing, placePose }
})
