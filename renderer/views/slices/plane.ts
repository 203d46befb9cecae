import type { Vector3 } from '../../../native-workers/contract/matrix.js'
import { add, dot, scale } from '../../geometry/math.js'
import { cornersOf, type Bounds } from '../../geometry/grid.js'

export type PlaneName = 'axial' | 'sagittal' | 'coronal'
export const planeNames: readonly PlaneName[] = ['axial', 'sagittal', 'coronal']

/** How a plane lies on the screen, in LPS unit vectors, with the letters at its four edges. */
export interface Plane {
  readonly right: Vector3
  readonly down: Vector3
  /** Across the plane; the straight ones' points towards L, P or S. */
  readonly normal: Vector3
  /** The LPS axis that the plane lies across while it is straight. */
  readonly axis: 0 | 1 | 2
  readonly isStraight: boolean
  readonly letters: {
    readonly left: string
    readonly right: string
    readonly top: string
    readonly bottom: string
  }
}

/** The radiological convention: the patient's right is on the left, anterior is up or left. */
export const planes: Record<PlaneName, Plane> = {
  axial: {
    right: [1, 0, 0],
    down: [0, 1, 0],
    normal: [0, 0, 1],
    axis: 2,
    isStraight: true,
    letters: { left: 'R', right: 'L', top: 'A', bottom: 'P' },
  },
  sagittal: {
    right: [0, 1, 0],
    down: [0, 0, -1],
    normal: [1, 0, 0],
    axis: 0,
    isStraight: true,
    letters: { left: 'A', right: 'P', top: 'S', bottom: 'I' },
  },
  coronal: {
    right: [1, 0, 0],
    down: [0, 0, -1],
    normal: [0, 1, 0],
    axis: 1,
    isStraight: true,
    letters: { left: 'R', right: 'L', top: 'S', bottom: 'I' },
  },
}

/** The part of a plane that shows the volume: a grid of square pixels over its bounds. */
export interface PlaneGrid {
  /** LPS mm of the centre of the top-left pixel on the parallel plane through the LPS origin. */
  readonly topLeftMm: Vector3
  readonly stepMm: number
  readonly width: number
  readonly height: number
}

/** Square pixels of `finestMm`, or coarser where a side would pass `longestSide` pixels. */
export function planeGrid(plane: Plane, bounds: Bounds, finestMm: number, longestSide: number): PlaneGrid {
  const span = (direction: Vector3): { start: number; length: number } => {
    const places = cornersOf(bounds).map((corner) => dot(direction, corner))
    const start = Math.min(...places)
    return { start, length: Math.max(...places) - start }
  }
  const across = span(plane.right)
  const along = span(plane.down)
  const stepMm = Math.max(finestMm, Math.max(across.length, along.length) / (longestSide - 1))
  const topLeftMm: Vector3 = [
    plane.right[0] * across.start + plane.down[0] * along.start,
    plane.right[1] * across.start + plane.down[1] * along.start,
    plane.right[2] * across.start + plane.down[2] * along.start,
  ]
  return {
    topLeftMm,
    stepMm,
    width: Math.floor(across.length / stepMm) + 1,
    height: Math.floor(along.length / stepMm) + 1,
  }
}

/** LPS mm of the top-left pixel's centre on the plane that lies `positionMm` along the normal from the LPS origin. */
export function topLeftOn(plane: Plane, grid: PlaneGrid, positionMm: number): Vector3 {
  return add(grid.topLeftMm, scale(plane.normal, positionMm))
}

/** The vector with one component replaced. */
export function withComponent(vector: Vector3, axis: 0 | 1 | 2, value: number): Vector3 {
  return [axis === 0 ? value : vector[0], axis === 1 ? value : vector[1], axis === 2 ? value : vector[2]]
}
