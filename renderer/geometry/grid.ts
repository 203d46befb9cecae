import type { Matrix3, Matrix4, Vector3 } from '../../native-workers/contract/matrix.js'
import type { VolumeGrid } from '../../native-workers/contract/operations/volume.js'
import {
  add,
  compose,
  dot,
  inverse3,
  rotate,
  rotationOf,
  scale,
  subtract,
  translationOf,
  transpose3,
} from './math.js'

/** Affine matrix from voxel index (i, j, k) to the volume's LPS millimetres. */
export function volumeFromIndex(grid: VolumeGrid): Matrix4 {
  const row = (r: Vector3): Vector3 => [
    r[0] * grid.spacingMm[0],
    r[1] * grid.spacingMm[1],
    r[2] * grid.spacingMm[2],
  ]
  return compose([row(grid.direction[0]), row(grid.direction[1]), row(grid.direction[2])], grid.originMm)
}

/** Affine matrix from LPS millimetres to voxel index; the directions must be independent. */
export function indexFromVolume(grid: VolumeGrid): Matrix4 {
  const [di, dj, dk] = inverse3(grid.direction)
  const linear: Matrix3 = [
    scale(di, 1 / grid.spacingMm[0]),
    scale(dj, 1 / grid.spacingMm[1]),
    scale(dk, 1 / grid.spacingMm[2]),
  ]
  return compose(linear, scale(rotate(linear, grid.originMm), -1))
}

/** LPS millimetres of the middle of the grid: the isocentre that poses turn about. */
export function centreMm(grid: VolumeGrid): Vector3 {
  const m = volumeFromIndex(grid)
  const middle: Vector3 = [(grid.size[0] - 1) / 2, (grid.size[1] - 1) / 2, (grid.size[2] - 1) / 2]
  return add(rotate(rotationOf(m), middle), translationOf(m))
}

export interface Bounds {
  readonly minMm: Vector3
  readonly maxMm: Vector3
}

/** Axis-aligned LPS bounds of the voxel centres. */
export function boundsMm(grid: VolumeGrid): Bounds {
  const m = volumeFromIndex(grid)
  const extent = (row: Vector3): number =>
    Math.abs(row[0]) * (grid.size[0] - 1) +
    Math.abs(row[1]) * (grid.size[1] - 1) +
    Math.abs(row[2]) * (grid.size[2] - 1)
  const r = rotationOf(m)
  const half: Vector3 = [extent(r[0]) / 2, extent(r[1]) / 2, extent(r[2]) / 2]
  const centre = centreMm(grid)
  return { minMm: subtract(centre, half), maxMm: add(centre, half) }
}

/** The eight corners of the bounds. */
export function cornersOf({ minMm, maxMm }: Bounds): Vector3[] {
  return [minMm, maxMm].flatMap(([x]) =>
    [minMm, maxMm].flatMap(([, y]) => [minMm, maxMm].map(([, , z]): Vector3 => [x, y, z])),
  )
}

/** The voxel step that a plane along `normal` meets: the finest spacing weighted by its direction. */
export function stepAlongMm(grid: VolumeGrid, normal: Vector3): number {
  const axes = transpose3(grid.direction)
  const parts = axes.map((axis, i) => Math.abs(dot(axis, normal)) / (grid.spacingMm[i] ?? 1))
  return 1 / Math.max(...parts)
}
