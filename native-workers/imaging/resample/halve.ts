import { type Vector3 } from '../../contract/matrix.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { type Volume } from '../volume.js'
import { shiftedOrigin } from './isotropic.js'

/** The grid of `halve`: its first voxel's centre lies half an old voxel further in along each axis. */
export function halvedGrid(grid: VolumeGrid): VolumeGrid {
  const perAxis = (value: (n: number, axis: 0 | 1 | 2) => number): Vector3 => [
    value(grid.size[0], 0),
    value(grid.size[1], 1),
    value(grid.size[2], 2),
  ]
  return {
    size: perAxis((n) => Math.ceil(n / 2)),
    spacingMm: perAxis((n, axis) => grid.spacingMm[axis] * (n > 1 ? 2 : 1)),
    originMm: shiftedOrigin(
      grid,
      perAxis((n) => (n > 1 ? 0.5 : 0)),
    ),
    direction: grid.direction,
  }
}

/**
 * Half the resolution by means over 2 x 2 x 2 voxels. The new first voxel's centre lies half an old voxel further in
 * along each axis. An odd axis ends with a voxel that averages the last old one alone (as if it were repeated), so the
 * grid may reach half a new voxel beyond the old one. An axis of one voxel stays as it is.
 */
export function halve(volume: Volume): Volume<Float32Array> {
  const { grid, voxels } = volume
  const [nx, ny, nz] = grid.size
  const target = halvedGrid(grid)
  const [mx, my, mz] = target.size
  const output = new Float32Array(mx * my * mz)
  for (let k = 0; k < mz; k++) {
    const near = 2 * k * nx * ny
    const far = Math.min(2 * k + 1, nz - 1) * nx * ny
    for (let j = 0; j < my; j++) {
      const upper = 2 * j * nx
      const lower = Math.min(2 * j + 1, ny - 1) * nx
      const [a, b, c, d] = [near + upper, near + lower, far + upper, far + lower]
      const row = (k * my + j) * mx
      for (let i = 0; i < mx; i++) {
        const left = 2 * i
        const right = Math.min(left + 1, nx - 1)
        output[row + i] =
          (voxels[a + left] +
            voxels[a + right] +
            voxels[b + left] +
            voxels[b + right] +
            voxels[c + left] +
            voxels[c + right] +
            voxels[d + left] +
            voxels[d + right]) /
          8
      }
    }
  }
  return { grid: target, voxels: output }
}
