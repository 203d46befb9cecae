import { type VolumeGrid } from '../../contract/operations/volume.js'
import { type Matrix4 } from '../../contract/matrix.js'
import { identity4, invertAffine, multiply4 } from '../../geometry/matrix.js'
import { lpsFromIndex, type Volume, type VoxelArray } from '../volume.js'

/**
 * Fills `output`, voxels of `target` with i fastest, with the value of the source voxel nearest to each in LPS mm;
 * voxels outside the source stay as they are. Any two grids, oblique or reversed axes included.
 * `sourceFromTarget` maps the target's millimetres to the source's, where they differ.
 */
export function resampleNearest(
  source: Volume,
  target: VolumeGrid,
  output: VoxelArray,
  sourceFromTarget: Matrix4 = identity4,
): void {
  const sourceIndexFromIndex = multiply4(
    invertAffine(lpsFromIndex(source.grid)),
    sourceFromTarget,
    lpsFromIndex(target),
  )
  const [rowI, rowJ, rowK] = sourceIndexFromIndex
  const [nx, ny, nz] = source.grid.size
  const { voxels } = source
  const [tx, ty, tz] = target.size
  let index = 0
  for (let k = 0; k < tz; k++) {
    for (let j = 0; j < ty; j++) {
      // Half a voxel is added once, so that truncation below rounds.
      const startI = rowI[1] * j + rowI[2] * k + rowI[3] + 0.5
      const startJ = rowJ[1] * j + rowJ[2] * k + rowJ[3] + 0.5
      const startK = rowK[1] * j + rowK[2] * k + rowK[3] + 0.5
      for (let i = 0; i < tx; i++, index++) {
        const si = Math.floor(startI + rowI[0] * i)
        const sj = Math.floor(startJ + rowJ[0] * i)
        const sk = Math.floor(startK + rowK[0] * i)
        if (si >= 0 && sj >= 0 && sk >= 0 && si < nx && sj < ny && sk < nz) {
          output[index] = voxels[si + nx * (sj + ny * sk)]
        }
      }
    }
  }
}
