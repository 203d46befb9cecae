import { type Vector3 } from '../contract/matrix.js'
import { transformPoint } from '../geometry/matrix.js'
import { lpsFromIndex, type Volume } from '../imaging/volume.js'

/** A box of the volume's LPS frame, along the volume's axes. */
export interface Box {
  readonly corners: readonly Vector3[]
  readonly centreMm: Vector3
}

/** The smallest index box around all voxels above 0, half a voxel beyond their centres; null without any. */
export function contentBox({ grid, voxels }: Volume<Float32Array>): Box | null {
  const [nx, ny] = grid.size
  const low = [Infinity, Infinity, Infinity]
  const high = [-Infinity, -Infinity, -Infinity]
  for (let n = 0; n < voxels.length; n++) {
    if (voxels[n] <= 0) continue
    const index = [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))]
    for (let axis = 0; axis < 3; axis++) {
      if (index[axis] < low[axis]) low[axis] = index[axis]
      if (index[axis] > high[axis]) high[axis] = index[axis]
    }
  }
  if (low[0] === Infinity) return null
  const toLps = lpsFromIndex(grid)
  const corners = Array.from({ length: 8 }, (_, corner): Vector3 => {
    const at = (axis: 0 | 1 | 2) => ((corner >> axis) & 1 ? high[axis] + 0.5 : low[axis] - 0.5)
    return transformPoint(toLps, [at(0), at(1), at(2)])
  })
  const middle = (axis: 0 | 1 | 2) => (low[axis] + high[axis]) / 2
  return { corners, centreMm: transformPoint(toLps, [middle(0), middle(1), middle(2)]) }
}
