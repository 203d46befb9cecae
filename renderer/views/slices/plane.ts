import type { Vector3 } from '../../../native-workers/contract/matrix.js'
import { dot } from '../../geometry/math.js'
import type { Bounds } from '../../geometry/grid.js'

export type PlaneName = 'axial' | 'sagittal' | 'coronal'
export const planeNames: readonly PlaneName[] = ['axial', 'sagittal', 'coronal']

/** How a plane lies on the screen, in LPS unit vectors, with the letters at its four edges. */
export interface Plane {
  readonly right: Vector3
  readonly down: Vector3
  /** Which LPS axis the wheel walks along. */
  readonly axis: 0 | 1 | 2
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
    axis: 2,
    letters: { left: 'R', right: 'L', top: 'A', bottom: 'P' },
  },
  sagittal: {
    right: [0, 1, 0],
    down: [0, 0, -1],
    axis: 0,
    letters: { left: 'A', right: 'P', top: 'S', bottom: 'I' },
  },
  coronal: {
    right: [1, 0, 0],
    down: [0, 0, -1],
    axis: 1,
    letters: { left: 'R', right: 'L', top: 'S', bottom: 'I' },
  },
}

/** The part of a plane that shows the volume: a grid of square pixels over its bounds. */
export interface PlaneGrid {
  /** LPS mm of the centre of the top-left pixel, except along the plane's axis. */
  readonly topLeftMm: Vector3
  readonly stepMm: number
  readonly width: number
  readonly height: number
}

/** Square pixels of `finestMm`, or coarser where a side would pass `longestSide` pixels. */
export function planeGrid(plane: Plane, bounds: Bounds, finestMm: number, longestSide: number): PlaneGrid {
  const span = (direction: Vector3): { start: number; length: number } => {
    const a = dot(direction, bounds.minMm)
    const b = dot(direction, bounds.maxMm)
    return { start: Math.min(a, b), length: Math.abs(b - a) }
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

/** The vector with one component replaced. */
export function withComponent(vector: Vector3, axis: 0 | 1 | 2, value: number): Vector3 {
  return [axis === 0 ? value : vector[0], axis === 1 ? value : vector[1], axis === 2 ? value : vector[2]]
}
