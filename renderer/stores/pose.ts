import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { Matrix4 } from '../../native-workers/contract/matrix.js'
import { sourceToDetectorMm } from '../geometry/camera.js'
import { identity4, inverseRigid, multiply4 } from '../geometry/math.js'
import {
  cameraFromVolumeOf,
  poseNumbersOf,
  stepped,
  type PoseNumbers,
  type PoseStep,
} from '../geometry/pose.js'
import { useHistoryStore } from '../history/history-store.js'
import { text } from '../text/en.js'
import type { PoseEdit } from '../text/parts/history.js'
import { useVolumeStore } from './volume.js'
import { useXraysStore } from './xrays.js'

/** Source to isocentre where neither tags nor the detector's distance tell; shown and editable. */
const fallbackDepthMm = 750
/** Edits that come in many small steps, which are undone together. */
const gestures: readonly PoseEdit[] = ['drag', 'wheel', 'keys', 'numbers']

/** The pose that is sought, `worldFromVolume`, seen and edited through the shown X-ray's camera. */
export const usePoseStore = defineStore('pose', () => {
  const volumes = useVolumeStore()
  const xrays = useXraysStore()
  const history = useHistoryStore()
  const worldFromVolume = shallowRef<Matrix4>(identity4)
  /** How often the pose was placed anew rather than moved: views may then look elsewhere. */
  const placements = ref(0)

  const cameraFromWorld = computed(() => xrays.active?.camera?.cameraFromWorld ?? identity4)
  const cameraFromVolume = computed(() => multiply4(cameraFromWorld.value, worldFromVolume.value))
  const numbers = computed<PoseNumbers>(() =>
    poseNumbersOf(cameraFromVolume.value, volumes.isocentreMm ?? [0, 0, 0]),
  )

  function set(next: Matrix4, edit: PoseEdit): void {
    const before = worldFromVolume.value
    if (isSameMatrix(before, next)) return
    const mergeKey = gestures.includes(edit) ? edit : undefined
    history.assign({ scope: 'pose', label: text.history.pose[edit], mergeKey }, before, next, (to) => {
      worldFromVolume.value = to
    })
  }

  function step(change: PoseStep, edit: PoseEdit): void {
    const isocentreMm = volumes.isocentreMm
    if (isocentreMm === null) return
    set(stepped(worldFromVolume.value, cameraFromWorld.value, isocentreMm, change), edit)
  }

  function setNumbers(next: PoseNumbers): void {
    set(worldFrom(next), 'numbers')
  }

  function worldFrom(pose: PoseNumbers): Matrix4 {
    const isocentreMm = volumes.isocentreMm ?? [0, 0, 0]
    return multiply4(inverseRigid(cameraFromWorld.value), cameraFromVolumeOf(pose, isocentreMm))
  }

  /** Where a C-arm usually stands: the tag's distance, else three quarters of the detector's. */
  function usualDepthMm(): number {
    const tagged = xrays.active?.opened.tags.sourceToPatientMm
    if (tagged !== undefined) return tagged
    const camera = xrays.active?.camera ?? null
    const sddMm = camera === null ? null : sourceToDetectorMm(camera)
    return sddMm === null ? fallbackDepthMm : 0.75 * sddMm
  }

  /** Puts the CT elsewhere at once. */
  function place(next: Matrix4, edit: PoseEdit): void {
    set(next, edit)
    placements.value++
  }

  /** The pose that everything begins with: there is no way back behind it. */
  function begin(next: Matrix4): void {
    history.forget('pose')
    worldFromVolume.value = next
    placements.value++
  }

  /** Puts the CT where it is seen whole. */
  function placeNominal(view: 'AP' | 'PA'): void {
    place(nominal(view), 'nominal')
  }

  /** The pose whose centre lies on the axis of the shown camera, from the front or from the back. */
  function nominal(view: 'AP' | 'PA'): Matrix4 {
    const turnDeg = view === 'AP' ? 0 : 180
    return worldFrom({ xMm: 0, yMm: 0, zMm: usualDepthMm(), tiltDeg: 0, turnDeg, rollDeg: 0 })
  }

  // Poses of one CT mean nothing for another.
  watch(
    () => volumes.volume,
    () => {
      history.forget('pose')
    },
    { flush: 'sync' },
  )

  return {
    worldFromVolume,
    cameraFromVolume,
    numbers,
    set,
    step,
    setNumbers,
    nominal,
    place,
    placeNominal,
    placements,
    begin,
  }
})

const isSameMatrix = (a: Matrix4, b: Matrix4): boolean =>
  a.every((row, i) => row.every((value, j) => value === b[i]?.[j]))
