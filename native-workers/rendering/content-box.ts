import { type Vector3 } from '../contract/matrix.js'
import { transformPoint } from '../geometry/matrix.js'
import { lpsFromIndex, type Volume } from '../imaging/volume.js'

/** A box of the volume's LPS frame, along the volume's axes. */
export interface Box {
  readonly corners: readonly Vector3[]
  readonly centreMm: Vector3
}

/**
 * The smallest index box around all voxels above 0, half a voxel beyond their centres, and the share of it that they
 * fill. A volume without any gives its whole grid and 0.
 */
export function contentBox({ grid, voxels }: Volume<Float32Array>): { box: Box; fill: number } {
  const [nx, ny] = grid.size
  let low = [Infinity, Infinity, Infinity]
  let high = [-Infinity, -Infinity, -Infinity]
  let count = 0
  for (let n = 0; n < voxels.length; n++) {
    if (voxels[n] <= 0) continue
    count++
    const index = [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))]
    for (let axis = 0; axis < 3; axis++) {
      if (index[axis] < low[axis]) low[axis] = index[axis]
      if (index[axis] > high[axis]) high[axis] = index[axis]
    }
  }
  if (count === 0) {
    low = [0, 0, 0]
    high = grid.size.map((size) => size - 1)
  }
  const toLps = lpsFromIndex(grid)
  const corners = Array.from({ length: 8 }, (_, corner): Vector3 => {
    const at = (axis: 0 | 1 | 2) => ((corner >> axis) & 1 ? high[axis] + 0.5 : low[axis] - 0.5)
    return transformPoint(toLps, [at(0), at(1), at(2)])
  })
  const middle = (axis: 0 | 1 | 2) => (low[axis] + high[axis]) / 2
  const boxVoxels = [0, 1, 2].reduce((product, axis) => product * (high[axis] - low[axis] + 1), 1)
  return {
    box: { corners, centreMm: transformPoint(toLps, [middle(0), middle(1), middle(2)]) },
    fill: count / boxVoxels,
  }
}
