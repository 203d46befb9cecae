import { type Matrix3, type Matrix4, type Vector3 } from '../../contract/matrix.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { affine, dot, normalized, scale } from '../../geometry/matrix.js'
import { gridCentreMm } from '../volume.js'
import { type VoxelAxis } from './cut-out.js'

/** The voxel axis closest to the patient's left-right axis (LPS x), and the angle between the two, 0..90 degrees. */
export function leftRightAxis({ direction }: VolumeGrid): { axis: VoxelAxis; angleDeg: number } {
  const alongX = direction[0].map(Math.abs)
  const axis = ([0, 1, 2] as const).reduce((best, next) => (alongX[next] > alongX[best] ? next : best), 0)
  return { axis, angleDeg: (Math.acos(Math.min(1, alongX[axis])) * 180) / Math.PI }
}

/**
 * The reflection, LPS mm to LPS mm, that reversing the voxels of a grid along an axis amounts to: across the plane
 * through the grid's centre perpendicular to that axis, I - 2 d dᵀ. It maps mirrored to original places and back.
 */
export function reflectionOfGrid(grid: VolumeGrid, axis: VoxelAxis): Matrix4 {
  const [x, y, z] = grid.direction
  const normal = normalized([x[axis], y[axis], z[axis]])
  const row = (r: VoxelAxis): Vector3 => {
    const unit: Vector3 = [r === 0 ? 1 : 0, r === 1 ? 1 : 0, r === 2 ? 1 : 0]
    const along = scale(normal, -2 * normal[r])
    return [unit[0] + along[0], unit[1] + along[1], unit[2] + along[2]]
  }
  const linear: Matrix3 = [row(0), row(1), row(2)]
  return affine(linear, scale(normal, 2 * dot(normal, gridCentreMm(grid))))
}
