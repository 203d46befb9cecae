import { UserError } from '../../contract/errors.js'
import { type Camera } from '../../contract/files/camera.js'
import { type Matrix3, type Matrix4, type Vector2, type Vector3 } from '../../contract/matrix.js'
import { cameraFromNumbers } from '../camera.js'
import { affine, diagonal3, multiply4, transformPoint } from '../matrix.js'
import { type SidedPose } from './image-side.js'

/** A picture described by pixel ~ intrinsic * extrinsic * point, whatever its axes are called. */
export interface ProjectionMatrices {
  /** Volume LPS mm to the camera's axes; a rotation and translation. */
  readonly extrinsic: Matrix4
  /** Its focal lengths may be negative where z points to the source; without skew. */
  readonly intrinsic: Matrix3
  readonly imageSize: Camera['imageSize']
  /** [column, row] */
  readonly pixelSpacingMm: Vector2
}

/**
 * The proper camera that sees this picture, or its mirror image. Which way the axes point follows from the signs of the
 * focal lengths and from where the volume lies, so no convention has to be known.
 * Errors: `geometry-invalid` (skew, a focal length of 0, a volume around the source).
 * @param insideMm a point that the picture shows, e.g. the volume's centre
 */
export function fromProjectionMatrices(
  { extrinsic, intrinsic, imageSize, pixelSpacingMm }: ProjectionMatrices,
  insideMm: Vector3,
): { readonly camera: Camera; readonly pose: SidedPose } {
  const [fx, skew, cx] = intrinsic[0]
  const [, fy, cy] = intrinsic[1]
  const depth = Math.sign(transformPoint(extrinsic, insideMm)[2])
  if (Math.abs(skew) > 1e-6 * Math.abs(fx) || fx === 0 || fy === 0 || depth === 0) {
    throw new UserError(
      'geometry-invalid',
      'The projection matrices are not those of a camera in front of the volume without skew.',
    )
  }
  const [columnSign, rowSign] = [Math.sign(fx) * depth, Math.sign(fy) * depth]
  const isMirrored = columnSign * rowSign * depth < 0
  const axes = diagonal3(isMirrored ? -columnSign : columnSign, rowSign, depth)
  const camera = cameraFromNumbers({
    imageSize,
    sddMm: Math.abs(fx) * pixelSpacingMm[0],
    pixelSpacingMm,
    principalPoint: [isMirrored ? imageSize.width - 1 - cx : cx, cy],
  })
  const intrinsics: Matrix3 = [
    [Math.abs(fx), 0, camera.intrinsics[0][2]],
    [0, Math.abs(fy), cy],
    [0, 0, 1],
  ]
  return {
    camera: { ...camera, intrinsics },
    pose: {
      cameraFromVolume: multiply4(affine(axes, [0, 0, 0]), extrinsic),
      mirroredColumns: isMirrored,
    },
  }
}

/** The same picture after half a turn: both its axes are reversed. */
export function turnedByHalf(camera: Camera, cameraFromVolume: Matrix4): [Camera, Matrix4] {
  const { width, height } = camera.imageSize
  const [[fx, , cx], [, fy, cy]] = camera.intrinsics
  const turned: Matrix3 = [
    [fx, 0, width - 1 - cx],
    [0, fy, height - 1 - cy],
    [0, 0, 1],
  ]
  const halfTurn = affine(diagonal3(-1, -1, 1), [0, 0, 0])
  return [{ ...camera, intrinsics: turned }, multiply4(halfTurn, cameraFromVolume)]
}
