import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
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
import { useVolumeStore } from './volume.js'
import { useXraysStore } from './xrays.js'

/** Source to isocentre where neither tags nor the detector's distance tell; shown and editable. */
const fallbackDepthMm = 750
/** Edits of one kind that follow each other faster than this make one undo step. */
const mergeWithinMs = 700

/** The pose that is sought, `worldFromVolume`, seen and edited through the shown X-ray's camera. */
export const usePoseStore = defineStore('pose', () => {
  const volumes = useVolumeStore()
  const xrays = useXraysStore()
  const worldFromVolume = shallowRef<Matrix4>(identity4)
  const past = shallowRef<readonly Matrix4[]>([])
  const future = shallowRef<readonly Matrix4[]>([])
  /** How often the pose was placed anew rather than moved: views may then look elsewhere. */
  const placements = ref(0)
  let lastEdit = { kind: '', atMs: -Infinity }

  const cameraFromWorld = computed(() => xrays.active?.camera?.cameraFromWorld ?? identity4)
  const cameraFromVolume = computed(() => multiply4(cameraFromWorld.value, worldFromVolume.value))
  const numbers = computed<PoseNumbers>(() =>
    poseNumbersOf(cameraFromVolume.value, volumes.isocentreMm ?? [0, 0, 0]),
  )

  function set(next: Matrix4, editKind: string): void {
    const now = performance.now()
    const merges = editKind === lastEdit.kind && now - lastEdit.atMs < mergeWithinMs
    if (!merges) past.value = [...past.value.slice(-99), worldFromVolume.value]
    lastEdit = { kind: editKind, atMs: now }
    future.value = []
    worldFromVolume.value = next
  }

  function step(change: PoseStep, editKind: string): void {
    const isocentreMm = volumes.isocentreMm
    if (isocentreMm === null) return
    set(stepped(worldFromVolume.value, cameraFromWorld.value, isocentreMm, change), editKind)
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

  /** Puts the CT elsewhere, as a new beginning. */
  function place(next: Matrix4, editKind: string): void {
    set(next, editKind)
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

  function undo(): void {
    const previous = past.value.at(-1)
    if (previous === undefined) return
    past.value = past.value.slice(0, -1)
    future.value = [...future.value, worldFromVolume.value]
    worldFromVolume.value = previous
    lastEdit = { kind: '', atMs: -Infinity }
  }

  function redo(): void {
    const next = future.value.at(-1)
    if (next === undefined) return
    future.value = future.value.slice(0, -1)
    past.value = [...past.value, worldFromVolume.value]
    worldFromVolume.value = next
  }

  return {
    worldFromVolume,
    cameraFromVolume,
    numbers,
    past,
    future,
    set,
    step,
    setNumbers,
    nominal,
    place,
    placeNominal,
    placements,
    undo,
    redo,
  }
})
