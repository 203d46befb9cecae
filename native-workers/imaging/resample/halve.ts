import { type Volume } from '../volume.js'
import { shiftedOrigin } from './isotropic.js'

/**
 * Half the resolution by means over 2 x 2 x 2 voxels. The new first voxel's centre lies half an old voxel further in
 * along each axis. An odd axis ends with a voxel that averages the last old one alone (as if it were repeated), so the
 * grid may reach half a new voxel beyond the old one. An axis of one voxel stays as it is.
 */
export function halve(volume: Volume): Volume<Float32Array> {
  const { grid, voxels } = volume
  const [nx, ny, nz] = grid.size
  const half = (n: number) => Math.ceil(n / 2)
  const [mx, my, mz] = [half(nx), half(ny), half(nz)]
  const output = new Float32Array(mx * my * mz)
  for (let k = 0; k < mz; k++) {
    const near = 2 * k * nx * ny
    const far = Math.min(2 * k + 1, nz - 1) * nx * ny
    for (let j = 0; j < my; j++) {
      const upper = 2 * j * nx
      const lower = Math.min(2 * j + 1, ny - 1) * nx
      const [a, b, c, d] = [near + upper, near + lower, far + upper, far + lower]
      const target = (k * my + j) * mx
      for (let i = 0; i < mx; i++) {
        const left = 2 * i
        const right = Math.min(left + 1, nx - 1)
        output[target + i] =
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
  const factor = (n: number) => (n > 1 ? 2 : 1)
  return {
    grid: {
      size: [mx, my, mz],
      spacingMm: [
        grid.spacingMm[0] * factor(nx),
        grid.spacingMm[1] * factor(ny),
        grid.spacingMm[2] * factor(nz),
      ],
      originMm: shiftedOrigin(grid, [nx > 1 ? 0.5 : 0, ny > 1 ? 0.5 : 0, nz > 1 ? 0.5 : 0]),
      direction: grid.direction,
    },
    voxels: output,
  }
}
