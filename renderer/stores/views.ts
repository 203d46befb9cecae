import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { Vector2, Vector3 } from '../../native-workers/contract/matrix.js'
import { isHounsfield } from '../data/value-unit.js'
import type { PlaneName } from '../views/slices/plane.js'
import { straightPlanes, withOthersTurned, type PlaneTurns } from '../views/slices/turned-planes.js'
import { useVolumeStore } from './volume.js'

export type ViewName = 'axial' | 'sagittal' | 'coronal' | 'three-d' | 'xray'
export const overlayModes = [
  'side-by-side',
  'blend',
  'checkerboard',
  'difference',
  'edges',
  'flicker',
  'swipe',
] as const
export type OverlayMode = (typeof overlayModes)[number]

/** Which views share the window. */
export const layouts = {
  all: ['axial', 'sagittal', 'coronal', 'three-d', 'xray'],
  slices: ['axial', 'sagittal', 'coronal', 'three-d'],
  'three-d': ['three-d'],
  xray: ['xray'],
} as const satisfies Record<string, readonly ViewName[]>
export type Layout = keyof typeof layouts

export interface WindowLevel {
  readonly width: number
  readonly centre: number
}

export const windowPresets = {
  bone: { width: 1500, centre: 400 },
  soft: { width: 400, centre: 40 },
  lung: { width: 1500, centre: -600 },
  abdomen: { width: 350, centre: 50 },
  brain: { width: 80, centre: 40 },
} as const satisfies Record<string, WindowLevel>
export type WindowPreset = keyof typeof windowPresets

/** The window that shows every value of a range. */
export function wholeRange([lowest, highest]: Vector2): WindowLevel {
  return { width: Math.max(1, highest - lowest), centre: (highest + lowest) / 2 }
}

/** What the views share: the crosshair, the grey window, the way X-ray and DRR are compared. */
export const useViewsStore = defineStore('views', () => {
  const volumes = useVolumeStore()
  const crosshairMm = shallowRef<Vector3>([0, 0, 0])
  const windowLevel = shallowRef<WindowLevel>(windowPresets.bone)
  const maximised = ref<ViewName | null>(null)
  const layout = ref<Layout>('all')
  const shownViews = computed<readonly ViewName[]>(() =>
    maximised.value === null ? layouts[layout.value] : [maximised.value],
  )
  /** How the slices are turned out of the straight planes. */
  const planeTurns = shallowRef<PlaneTurns>(straightPlanes)
  const isOblique = computed(() => planeTurns.value !== straightPlanes)
  const overlayMode = ref<OverlayMode>('side-by-side')
  /** Share of the DRR in the blend, 0..1. */
  const blend = ref(0.5)
  /** Share of the width, from the left, that shows the X-ray where the two are swiped, 0..1. */
  const swipe = ref(0.5)
  /** Whether the 3D view shows the CT's bone. */
  const isBoneShown = ref(true)

  watch(
    () => volumes.volume,
    (volume) => {
      if (volume === null || volumes.isocentreMm === null) return
      crosshairMm.value = volumes.isocentreMm
      straighten()
      const { valueRange } = volume.summary
      windowLevel.value = isHounsfield(valueRange) ? windowPresets.bone : wholeRange(valueRange)
    },
  )

  /** Moves the crosshair to a place of the CT, or to the nearest one (LPS mm). */
  function pointAt(pointMm: Vector3): void {
    const { bounds } = volumes
    if (bounds === null) return
    const { minMm, maxMm } = bounds
    const within = (axis: 0 | 1 | 2): number => Math.min(maxMm[axis], Math.max(minMm[axis], pointMm[axis]))
    crosshairMm.value = [within(0), within(1), within(2)]
  }

  /** Turns the two other planes about the crosshair, clockwise as seen in the view named. */
  function turnOthers(name: PlaneName, angleRad: number): void {
    planeTurns.value = withOthersTurned(planeTurns.value, name, angleRad)
  }

  /** All slices straight again. */
  function straighten(): void {
    planeTurns.value = straightPlanes
  }

  function setLayout(next: Layout): void {
    layout.value = next
    maximised.value = null
  }

  function toggleMaximised(view: ViewName): void {
    maximised.value = maximised.value === view ? null : view
  }

  return {
    crosshairMm,
    windowLevel,
    maximised,
    overlayMode,
    blend,
    swipe,
    isBoneShown,
    planeTurns,
    isOblique,
    pointAt,
    turnOthers,
    straighten,
    layout,
    shownViews,
    setLayout,
    toggleMaximised,
  }
})
