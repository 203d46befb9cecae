import { UserError } from '../../contract/errors.js'
import { type Matrix4, type Vector3 } from '../../contract/matrix.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { invertAffine, multiply4, transformPoint } from '../../geometry/matrix.js'
import { shiftedOrigin } from '../resample/isotropic.js'
import { lpsFromIndex } from '../volume.js'

/** Beyond this the encoder's 32-bit heap would not hold the voxels and its copies. */
const largestOutputBytes = 1.5 * 2 ** 30

/**
 * The reference's lattice over the box around the reference and the registered volume, both as boxes of voxels
 * (specification §6, step 3, whose original pushed the box the wrong way). Errors: `values-invalid` (too large).
 *
 * @param volumeFromReference LPS mm
 */
export function unionGrid(
  reference: VolumeGrid,
  volume: VolumeGrid,
  volumeFromReference: Matrix4,
  bytesPerVoxel: number,
): VolumeGrid {
  const referenceIndexFromIndex = multiply4(
    invertAffine(lpsFromIndex(reference)),
    invertAffine(volumeFromReference),
    lpsFromIndex(volume),
  )
  const corners = boxCorners(volume).map((corner) => transformPoint(referenceIndexFromIndex, corner))
  const first = ([0, 1, 2] as const).map((axis) =>
    Math.min(0, Math.ceil(Math.min(...corners.map((corner) => corner[axis])) - roundingVoxels)),
  )
  const last = ([0, 1, 2] as const).map((axis) =>
    Math.max(
      reference.size[axis] - 1,
      Math.floor(Math.max(...corners.map((corner) => corner[axis])) + roundingVoxels),
    ),
  )
  const start: Vector3 = [first[0], first[1], first[2]]
  const size: Vector3 = [last[0] - first[0] + 1, last[1] - first[1] + 1, last[2] - first[2] + 1]
  if (size[0] * size[1] * size[2] * bytesPerVoxel > largestOutputBytes) {
    throw new UserError(
      'values-invalid',
      `The box around both volumes would have ${size.join(' x ')} voxels, too many to be written.`,
      'Use --grid reference, or a coarser reference.',
    )
  }
  return { ...reference, size, originMm: shiftedOrigin(reference, start) }
}

/** A voxel centre on the very edge belongs to the box. */
const roundingVoxels = 1e-6

function boxCorners({ size }: VolumeGrid): Vector3[] {
  const ends = size.map((count) => [-0.5, count - 0.5])
  return ends[0].flatMap((i) => ends[1].flatMap((j) => ends[2].map((k): Vector3 => [i, j, k])))
}
