import type { Vector3 } from '../../../native-workers/contract/matrix.js'
import type { VolumeGrid } from '../../../native-workers/contract/operations/volume.js'
import { volumeFromIndex } from '../../geometry/grid.js'
import { cross, dot } from '../../geometry/math.js'
import type { LabelVoxels } from '../../labels/label-map.js'
import type { PaintPlane } from './brush.js'
import { DeltaBuilder, type LabelDelta } from './delta.js'
import { insideTest, type PlanePoint } from './polygon.js'

export type ScissorsAction = 'erase-inside' | 'erase-outside' | 'fill-inside'

/** An outline drawn in a slice, and what becomes of the voxels below and above it. */
export interface Scissors {
  readonly plane: PaintPlane
  /** Along the plane's directions: u = right · point, v = down · point, LPS mm. */
  readonly outline: readonly PlanePoint[]
  /** Slices from `fromMm` to `toMm` along the plane's normal, both included; null cuts through all. */
  readonly slab: { readonly fromMm: number; readonly toMm: number } | null
  readonly action: ScissorsAction
  /** What *fill* writes. */
  readonly label: number
  /** Where it is not null, only voxels of this label change. */
  readonly onlyOver: number | null
}

/** The direction through the slices of a plane. */
export const normalOf = ({ right, down }: PaintPlane): Vector3 => cross(right, down)

/** A voxel counts as inside where its centre is. */
export function cutWithScissors(voxels: LabelVoxels, grid: VolumeGrid, scissors: Scissors): LabelDelta {
  const { plane, slab, action, onlyOver } = scissors
  const isInside = insideTest(scissors.outline)
  const wantsInside = action !== 'erase-outside'
  const after = action === 'fill-inside' ? scissors.label : 0
  const [fromMm, toMm] = slab === null ? [-Infinity, Infinity] : [slab.fromMm, slab.toMm]
  const [u, v, w] = [plane.right, plane.down, normalOf(plane)].map((direction) => along(grid, direction))
  const delta = new DeltaBuilder()
  if (u === undefined || v === undefined || w === undefined) return delta.build()
  const [nx, ny, nz] = grid.size
  for (let k = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      const row = (k * ny + j) * nx
      for (let i = 0; i < nx; i++) {
        const before = voxels[row + i] ?? 0
        if (before === after || (onlyOver !== null && before !== onlyOver)) continue
        const depthMm = w(i, j, k)
        if (depthMm < fromMm || depthMm > toMm) continue
        if (isInside(u(i, j, k), v(i, j, k)) === wantsInside) delta.add(row + i, before, after)
      }
    }
  }
  return delta.build()
}

/** The place of a voxel along a direction, LPS mm. */
function along(grid: VolumeGrid, direction: Vector3): (i: number, j: number, k: number) => number {
  const [x, y, z] = volumeFromIndex(grid)
  const [a, b, c, d] = [0, 1, 2, 3].map((column) =>
    dot(direction, [x[column] ?? 0, y[column] ?? 0, z[column] ?? 0]),
  )
  return (i, j, k) => (a ?? 0) * i + (b ?? 0) * j + (c ?? 0) * k + (d ?? 0)
}
