import { UserError } from '../contract/errors.js'
import { type Matrix4, type Vector3 } from '../contract/matrix.js'
import { type GivenStart } from '../contract/operations/register.js'
import { type XrayTags } from '../contract/operations/xray.js'
import { type Camera } from '../contract/files/camera.js'
import { poseFromDiffdrr } from '../geometry/adapters/diffdrr.js'
import { type SidedPose } from '../geometry/adapters/image-side.js'
import { cropCamera, sourceToDetectorMm, worldFromCamera } from '../geometry/camera.js'
import { poseFromDicomTags } from '../geometry/dicom-camera.js'
import { matchLandmarks } from '../geometry/landmarks/landmark-pairs.js'
import { poseFromLandmarks } from '../geometry/landmarks/pose-from-landmarks.js'
import { affine, assertRigid, multiply4, multiplyVector3, subtract } from '../geometry/matrix.js'
import { rotationFromEuler, toRadians } from '../geometry/rotations/euler.js'

/** A starting pose, and whether it is meant for the first X-ray with its columns reversed. */
export interface StartingPose {
  readonly worldFromVolume: Matrix4
  readonly mirroredColumns: boolean
  readonly notes: readonly string[]
}

export interface CropOffset {
  readonly left: number
  readonly top: number
}

export interface InitialPoseContext {
  /** Of the pictures as they are compared. */
  readonly cameras: readonly Camera[]
  /** By how many pixels each picture was cropped at its left and top; not at all when absent. */
  readonly cropOffsets?: readonly CropOffset[]
  readonly firstTags: XrayTags
  /** The point that rotations turn about; LPS mm of the volume. */
  readonly isocentreMm: Vector3
}

/** Where a search looks from when nothing says how far the source is: this share of the way to the detector. */
const usualShare = 0.735

/**
 * The pose to start from, or the nominal pose of a search. Errors: `geometry-missing` (DICOM tags absent),
 * `geometry-invalid`, `input-invalid` (landmarks).
 */
export async function startingPose(initial: GivenStart, context: InitialPoseContext): Promise<StartingPose> {
  const { cameras, firstTags, isocentreMm } = context
  switch (initial.kind) {
    case 'pose':
      assertRigid(initial.worldFromVolume, 'The starting pose worldFromVolume')
      return { worldFromVolume: initial.worldFromVolume, mirroredColumns: false, notes: [] }
    case 'fixed':
      return fromSided(diffdrrPose(initial, isocentreMm), cameras[0])
    case 'dicom':
      return fromSided(
        poseFromDicomTags(firstTags, { orientation: initial.orientation, reverseXAxis: true, isocentreMm }),
        cameras[0],
      )
    case 'landmarks':
      return fromLandmarks(initial, context)
    case 'search':
      return nominalPose(initial, context)
  }
}

async function fromLandmarks(
  { points3d, points2d }: Extract<GivenStart, { kind: 'landmarks' }>,
  { cameras, cropOffsets = [] }: InitialPoseContext,
): Promise<StartingPose> {
  const perView = Array.isArray(points2d) ? points2d : [points2d]
  if (perView.length > cameras.length) {
    throw new UserError(
      'input-invalid',
      `There are landmarks of ${perView.length} X-rays, but ${cameras.length === 1 ? 'one X-ray' : `${cameras.length} X-rays`}.`,
      'Give the landmarks in the order of the X-rays.',
    )
  }
  const views = perView.map((marked, index) => ({
    camera: uncroppedCamera(cameras[index], cropOffsets[index]),
    pairs: matchLandmarks(points3d, marked),
  }))
  const { worldFromVolume, reprojectionErrorPixels, residuals } = await poseFromLandmarks(views)
  const left = residuals.filter(({ inlier }) => !inlier).map(({ name }) => name)
  const notes = [`Landmarks fit with ${reprojectionErrorPixels.toFixed(2)} pixels root mean square.`]
  if (left.length > 0) notes.push(`Landmarks left out since they contradict the others: ${left.join(', ')}.`)
  return { worldFromVolume, mirroredColumns: false, notes }
}

/** Landmarks are marked in the X-ray as it was read; its camera is that of the cropped picture. */
function uncroppedCamera(camera: Camera, offset: CropOffset = { left: 0, top: 0 }): Camera {
  const { width, height } = camera.imageSize
  return cropCamera(camera, -offset.left, -offset.top, width + 2 * offset.left, height + 2 * offset.top)
}

function nominalPose(
  initial: Extract<GivenStart, { kind: 'search' }>,
  { cameras, firstTags, isocentreMm }: InitialPoseContext,
): StartingPose {
  if (initial.nominal !== undefined) return fromSided(diffdrrPose(initial.nominal, isocentreMm), cameras[0])
  if (initial.worldFromVolume !== undefined) {
    assertRigid(initial.worldFromVolume, 'The centre of the search')
    return { worldFromVolume: initial.worldFromVolume, mirroredColumns: false, notes: [] }
  }
  const sddMm = sourceToDetectorMm(cameras[0])
  const known = initial.sourceToIsocentreMm ?? firstTags.sourceToPatientMm
  if (known === undefined && sddMm === null) {
    throw new UserError(
      'geometry-missing',
      'The search needs the distance from the source to the patient, and neither tags nor the camera tell it.',
      'Give the detector’s pixel spacing in the camera, or a starting pose.',
    )
  }
  const distanceMm = known ?? usualShare * (sddMm ?? 0)
  const notes =
    known === undefined
      ? [
          `The search looks around an AP view from ${distanceMm.toFixed(0)} mm, ${usualShare} of the way to the detector, since nothing states the distance to the patient.`,
        ]
      : []
  const cameraFromVolume = apView(isocentreMm, distanceMm)
  return {
    worldFromVolume: multiply4(worldFromCamera(cameras[0]), cameraFromVolume),
    mirroredColumns: false,
    notes,
  }
}

/** Source in front of the patient: columns to the patient's left, rows to the feet, the view from front to back. */
export function apView(isocentreMm: Vector3, distanceMm: number): Matrix4 {
  const rotation = [
    [1, 0, 0],
    [0, 0, -1],
    [0, 1, 0],
  ] as const
  return affine(rotation, subtract([0, 0, distanceMm], multiplyVector3(rotation, isocentreMm)))
}

function diffdrrPose(
  pose: {
    rotationDeg: Vector3
    translationMm: Vector3
    orientation: 'AP' | 'PA' | 'none'
    reverseXAxis: boolean
  },
  isocentreMm: Vector3,
): SidedPose {
  const [a, b, c] = pose.rotationDeg
  const rotation = rotationFromEuler('ZXY', [toRadians(a), toRadians(b), toRadians(c)])
  return poseFromDiffdrr({ ...pose, rotation }, isocentreMm)
}

/** A pose of a camera's picture in the world of that camera. */
export function fromSided({ cameraFromVolume, mirroredColumns }: SidedPose, camera: Camera): StartingPose {
  return {
    worldFromVolume: multiply4(worldFromCamera(camera), cameraFromVolume),
    mirroredColumns,
    notes: mirroredColumns
      ? [
          'The pose’s convention shows the X-ray from the detector’s side; its columns were reversed for the comparison.',
        ]
      : [],
  }
}
