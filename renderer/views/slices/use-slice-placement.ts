import { computed, type Ref } from 'vue'
import type { Vector3 } from '../../../native-workers/contract/matrix.js'
import type { CanvasSize } from '../../composables/use-canvas.js'
import { place, type Placement, type ViewTransform } from '../../composables/view-transform.js'
import { add, dot, scale } from '../../geometry/math.js'
import { withComponent, type Plane, type PlaneGrid } from './plane.js'

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
  plane: Plane,
  grid: Readonly<Ref<PlaneGrid | null>>,
  size: Readonly<Ref<CanvasSize>>,
  transform: Readonly<Ref<ViewTransform>>,
  positionMm: Readonly<Ref<number>>,
): SlicePlacement {
  const placement = computed(() =>
    grid.value === null ? null : place(grid.value, size.value, transform.value),
  )

  function toScreen(pointMm: Vector3): ScreenPoint {
    if (grid.value === null || placement.value === null) return { x: 0, y: 0 }
    const { topLeftMm, stepMm } = grid.value
    const { left, top, scale: pixels } = placement.value
    const u = (dot(plane.right, pointMm) - dot(plane.right, topLeftMm)) / stepMm
    const v = (dot(plane.down, pointMm) - dot(plane.down, topLeftMm)) / stepMm
    return { x: left + (u + 0.5) * pixels, y: top + (v + 0.5) * pixels }
  }

  function toPatientMm(at: ScreenPoint): Vector3 | null {
    if (grid.value === null || placement.value === null) return null
    const { topLeftMm, stepMm } = grid.value
    const { left, top, scale: pixels } = placement.value
    const u = (at.x - left) / pixels - 0.5
    const v = (at.y - top) / pixels - 0.5
    const onPlane = add(topLeftMm, add(scale(plane.right, u * stepMm), scale(plane.down, v * stepMm)))
    return withComponent(onPlane, plane.axis, positionMm.value)
  }

  return { placement, toScreen, toPatientMm }
}
