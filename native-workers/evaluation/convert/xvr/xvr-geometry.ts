import { type Camera } from '../../../contract/files/camera.js'
import { type Matrix4, type Vector3 } from '../../../contract/matrix.js'
import { type VolumeGrid } from '../../../contract/operations/volume.js'
import {
  cameraFromDiffdrr,
  type DiffdrrDetector,
  type DiffdrrOrientation,
  poseFromDiffdrr,
} from '../../../geometry/adapters/diffdrr.js'
import { cropCamera, mirrorColumns } from '../../../geometry/camera.js'
import {
  add,
  linearPart,
  multiply4,
  multiplyVector3,
  scale,
  translation4,
  translationPart,
  transpose3,
} from '../../../geometry/matrix.js'
import { eulerFromRotation, rotationFromEuler, toDegrees } from '../../../geometry/rotations/euler.js'
import { gridCentreMm } from '../../../imaging/volume.js'

/** Which way the picture is meant, for the X-ray as it lies in its file. */
export interface XvrSide {
  readonly orientation: DiffdrrOrientation
  readonly reverseXAxis: boolean
}

export interface XvrGeometry {
  /** Of the X-ray as it lies in its file: neither cropped nor reversed. */
  readonly xrayCamera: Camera
  /** As compared: cropped, columns reversed where `mirroredColumns`. */
  readonly camera: Camera
  readonly mirroredColumns: boolean
  /** The pose of DiffDRR's [R | R t]. */
  readonly poseOfMatrix: (matrix: Matrix4) => Matrix4
  /** The pose of Euler ZXY angles and the translation before rotation. */
  readonly poseOfAngles: (anglesRad: Vector3, translationMm: Vector3) => Matrix4
}

/**
 * Cameras and poses of a registration of xvr, in the frame of the first camera (specification §1.2, §1.3, §4.2).
 * @param crop total pixels that xvr removed per dimension
 * @param displacementMm where xvr drew the volume instead of where it is; LPS
 */
export function xvrGeometry(
  detector: DiffdrrDetector,
  side: XvrSide,
  crop: number,
  isocentreMm: Vector3,
  displacementMm: Vector3,
): XvrGeometry {
  const compared = cameraFromDiffdrr(detector, side)
  const { mirroredColumns } = poseFromDiffdrr(
    { rotation: linearPart(translation4([0, 0, 0])), translationMm: [0, 0, 0], ...side },
    isocentreMm,
  )
  const picture = mirroredColumns ? mirrorColumns(compared) : compared
  const before = croppedBefore(crop)
  const xrayCamera = cropCamera(picture, -before, -before, detector.width + crop, detector.height + crop)
  const ours = Math.floor(crop / 2)
  const cropped = cropCamera(xrayCamera, ours, ours, detector.width, detector.height)
  const place = (rotation: Parameters<typeof poseFromDiffdrr>[0]['rotation'], translationMm: Vector3) =>
    multiply4(
      poseFromDiffdrr({ rotation, translationMm, ...side }, isocentreMm).cameraFromVolume,
      translation4(displacementMm),
    )
  return {
    xrayCamera,
    camera: mirroredColumns ? mirrorColumns(cropped) : cropped,
    mirroredColumns,
    poseOfMatrix: (matrix) => place(linearPart(matrix), translationBeforeRotation(matrix)),
    poseOfAngles: (anglesRad, translationMm) => place(rotationFromEuler('ZXY', anglesRad), translationMm),
  }
}

/** t of [R | R t]. */
export function translationBeforeRotation(matrix: Matrix4): Vector3 {
  return multiplyVector3(transpose3(linearPart(matrix)), translationPart(matrix))
}

/** DiffDRR's ZXY angles of [R | R t], in degrees. */
export function anglesDegOf(matrix: Matrix4): Vector3 {
  const [a, b, c] = eulerFromRotation('ZXY', linearPart(matrix))
  return [toDegrees(a), toDegrees(b), toDegrees(c)]
}

/** Pixels that xvr's centre crop takes away before the picture: half of an odd number is rounded to even. */
function croppedBefore(crop: number): number {
  const half = Math.floor(crop / 2)
  return crop % 4 === 3 ? half + 1 : half
}

/**
 * By how much a volume is displaced that is rendered with voxel_shift 0, as xvr's main branch does: half a voxel along
 * each axis after the axes are turned to right, anterior, superior (specification §1.8). LPS mm.
 */
export function halfVoxelDisplacementMm({ spacingMm, direction }: VolumeGrid): Vector3 {
  return ([0, 1, 2] as const).reduce<Vector3>(
    (sum, axis) => {
      const along: Vector3 = [direction[0][axis], direction[1][axis], direction[2][axis]]
      const sizes = along.map(Math.abs)
      const main = sizes.indexOf(Math.max(...sizes))
      // Right and anterior are the negative directions of LPS.
      const sign = Math.sign(along[main]) * (main === 2 ? 1 : -1)
      return add(sum, scale(along, (sign * spacingMm[axis]) / 2))
    },
    [0, 0, 0],
  )
}

export const isocentreOf = (grid: VolumeGrid): Vector3 => gridCentreMm(grid)
