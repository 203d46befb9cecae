import { UserError } from '../../contract/errors.js'
import { type Vector3 } from '../../contract/matrix.js'
import { type CropBox, type CutPadding } from '../../contract/operations/crop.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { invertAffine, transformPoint } from '../../geometry/matrix.js'
import { lpsFromIndex } from '../volume.js'
import { clampedBox } from './clamped-box.js'
import { type VoxelBox } from './label-boxes.js'

/** Share of a voxel by which a face on a voxel's centre may miss it in millimetres. */
const slack = 1e-6

/**
 * The voxels of a box that a person gave, as far as they lie inside the volume, and where its ends cut the box. Errors:
 * `input-invalid` (the last voxel before the first, or a box too thin to hold a voxel's centre), `no-overlap`.
 */
export function givenBox(box: CropBox, grid: VolumeGrid): { box: VoxelBox; cutPadding: CutPadding[] } {
  const asked = box.unit === 'voxels' ? box : voxelsBetween(box.cornerMm, box.oppositeMm, grid)
  const isEmpty = asked.first.some((first, axis) => first > asked.last[axis])
  if (isEmpty) {
    throw new UserError(
      'input-invalid',
      box.unit === 'voxels'
        ? `The box from voxel (${asked.first.join(', ')}) to (${asked.last.join(', ')}) holds nothing.`
        : 'The box is too thin to hold the centre of a voxel.',
      'Give a first and a last voxel (both included), or two opposite corners in mm.',
    )
  }
  const misses = asked.first.some((first, axis) => first >= grid.size[axis] || asked.last[axis] < 0)
  if (misses) {
    throw new UserError(
      'no-overlap',
      `The box, voxels (${asked.first.join(', ')}) to (${asked.last.join(', ')}), lies outside of the CT of ${grid.size.join(' x ')} voxels.`,
      'Check that the box was made for this CT.',
    )
  }
  return clampedBox(asked, grid)
}

/** The box along the grid that holds the centres of all voxels between two corners in LPS mm. */
function voxelsBetween(a: Vector3, b: Vector3, grid: VolumeGrid): VoxelBox {
  const indexFromLps = invertAffine(lpsFromIndex(grid))
  const corners = [a[0], b[0]].flatMap((x) =>
    [a[1], b[1]].flatMap((y) => [a[2], b[2]].map((z) => transformPoint(indexFromLps, [x, y, z]))),
  )
  const least = (axis: 0 | 1 | 2) => Math.ceil(Math.min(...corners.map((corner) => corner[axis])) - slack)
  const greatest = (axis: 0 | 1 | 2) => Math.floor(Math.max(...corners.map((corner) => corner[axis])) + slack)
  return { first: [least(0), least(1), least(2)], last: [greatest(0), greatest(1), greatest(2)] }
}
