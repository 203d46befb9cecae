import { type Vector3 } from '../../contract/matrix.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { transformPoint } from '../../geometry/matrix.js'
import { lpsFromIndex, type Volume } from '../volume.js'
import { zerosLike } from '../voxel-values.js'
import { type VoxelBox } from './label-boxes.js'

/** The axis (i, j, k) along which voxels are read in reverse. */
export type VoxelAxis = 0 | 1 | 2

export const boxSize = ({ first, last }: VoxelBox): Vector3 => [
  last[0] - first[0] + 1,
  last[1] - first[1] + 1,
  last[2] - first[2] + 1,
]

/** The grid of a box: every voxel keeps its place in millimetres. */
export function gridOfBox(grid: VolumeGrid, box: VoxelBox): VolumeGrid {
  return { ...grid, size: boxSize(box), originMm: transformPoint(lpsFromIndex(grid), box.first) }
}

/**
 * The voxels of a box as a volume of the same type, exact; with `mirrorAxis` their order along that axis is reversed
 * while the grid stays. Nothing of the size of the whole volume is copied.
 */
export function cutOut({ grid, voxels }: Volume, box: VoxelBox, mirrorAxis?: VoxelAxis): Volume {
  const [columns, rows, slices] = boxSize(box)
  const output = zerosLike(voxels, columns * rows * slices)
  for (let k = 0; k < slices; k++) {
    const fromK = box.first[2] + (mirrorAxis === 2 ? slices - 1 - k : k)
    for (let j = 0; j < rows; j++) {
      const fromJ = box.first[1] + (mirrorAxis === 1 ? rows - 1 - j : j)
      const from = box.first[0] + grid.size[0] * (fromJ + grid.size[1] * fromK)
      const to = columns * (j + rows * k)
      output.set(voxels.subarray(from, from + columns), to)
      if (mirrorAxis === 0) output.subarray(to, to + columns).reverse()
    }
  }
  return { grid: gridOfBox(grid, box), voxels: output }
}
