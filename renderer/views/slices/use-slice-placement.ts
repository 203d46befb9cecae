import { computed, type Ref } from 'vue'
import type { Vector3 } from '../../../native-workers/contract/matrix.js'
import type { CanvasSize } from '../../composables/use-canvas.js'
import { place, type Placement, type ViewTransform } from '../../composables/view-transform.js'
import { add, dot, scale } from '../../geometry/math.js'
import { topLeftOn, type Plane, type PlaneGrid } from './plane.js'

export interface ScreenPoint {
  readonly x: number
  readonly y: number
}

export interface SlicePlacement {
  /** Where the picture is drawn; null while nothing is shown. */
  readonly placement: Readonly<Ref<Placement | null>>
  /** CSS pixels of a place of the CT, seen along the plane's normal. */
  readonly toScreen: (pointMm: Vector3) => ScreenPoint
  /** The place of the shown slice under a point of the screen; null while nothing is shown. */
  readonly toPatientMm: (at: ScreenPoint) => Vector3 | null
}

/** How the slice lies on the screen. A pixel's sample lies in its centre, half a pixel inside the drawn picture. */
export function useSlicePlacement(
  plane: Readonly<Ref<Plane>>,
  grid: Readonly<Ref<PlaneGrid | null>>,
  /** The grid that fills the view at zoom 1: the straight plane's, so that turning it does not zoom. */
  fitted: Readonly<Ref<PlaneGrid | null>>,
  size: Readonly<Ref<CanvasSize>>,
  transform: Readonly<Ref<ViewTransform>>,
  positionMm: Readonly<Ref<number>>,
): SlicePlacement {
  const placement = computed<Placement | null>(() => {
    if (grid.value === null || fitted.value === null) return null
    const whole = place(fitted.value, size.value, transform.value)
    if (grid.value === fitted.value) return whole
    // Both pictures have the middle of the CT in theirs.
    const pixels = (whole.scale / fitted.value.stepMm) * grid.value.stepMm
    return {
      left: whole.left + (fitted.value.width * whole.scale - grid.value.width * pixels) / 2,
      top: whole.top + (fitted.value.height * whole.scale - grid.value.height * pixels) / 2,
      scale: pixels,
    }
  })

  function toScreen(pointMm: Vector3): ScreenPoint {
    if (grid.value === null || placement.value === null) return { x: 0, y: 0 }
    const { topLeftMm, stepMm } = grid.value
    const { right, down } = plane.value
    const { left, top, scale: pixels } = placement.value
    const u = (dot(right, pointMm) - dot(right, topLeftMm)) / stepMm
    const v = (dot(down, pointMm) - dot(down, topLeftMm)) / stepMm
    return { x: left + (u + 0.5) * pixels, y: top + (v + 0.5) * pixels }
  }

  function toPatientMm(at: ScreenPoint): Vector3 | null {
    if (grid.value === null || placement.value === null) return null
    const { stepMm } = grid.value
    const { right, down } = plane.value
    const { left, top, scale: pixels } = placement.value
    const u = (at.x - left) / pixels - 0.5
    const v = (at.y - top) / pixels - 0.5
    const start = topLeftOn(plane.value, grid.value, positionMm.value)
    return add(start, add(scale(right, u * stepMm), scale(down, v * stepMm)))
  }

  return { placement, toScreen, toPatientMm }
}
