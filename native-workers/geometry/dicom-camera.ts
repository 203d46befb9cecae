import { UserError } from '../contract/errors.js'
import { type Vector3 } from '../contract/matrix.js'
import { type XrayTags } from '../contract/operations/xray.js'
import { poseFromDiffdrr, type DiffdrrOrientation } from './adapters/diffdrr.js'
import { type SidedPose } from './adapters/image-side.js'
import { rotationFromEuler, toRadians } from './rotations/euler.js'

export interface DicomPoseChoices {
  readonly orientation: DiffdrrOrientation
  readonly reverseXAxis: boolean
  /** The point that the C-arm turned about: the volume's centre; LPS mm. */
  readonly isocentreMm: Vector3
}

/**
 * The starting pose that an X-ray's tags describe, as xvr's `register dicom` (specification §4.3): ZXY angles
 * (primary, secondary, 0) and the source at the source-to-patient distance in front (AP) or behind (PA).
 * Throws `UserError`: `geometry-missing` naming the absent tags, `input-invalid` for an orientation without angles.
 */
export function poseFromDicomTags(tags: XrayTags, choices: DicomPoseChoices): SidedPose {
  const { orientation, reverseXAxis, isocentreMm } = choices
  if (orientation === 'none') {
    throw new UserError(
      'input-invalid',
      "An X-ray's DICOM angles count from an AP or PA view, and neither was chosen.",
      'Choose the orientation AP or PA.',
    )
  }
  const primaryDeg = tags.positionerPrimaryAngleDeg
  const secondaryDeg = tags.positionerSecondaryAngleDeg
  const sourceToPatientMm = tags.sourceToPatientMm
  if (primaryDeg === undefined || secondaryDeg === undefined || sourceToPatientMm === undefined) {
    const missing = [
      ...(primaryDeg === undefined ? ['Positioner Primary Angle (0018,1510)'] : []),
      ...(secondaryDeg === undefined ? ['Positioner Secondary Angle (0018,1511)'] : []),
      ...(sourceToPatientMm === undefined ? ['Distance Source to Patient (0018,1111)'] : []),
    ]
    throw new UserError(
      'geometry-missing',
      `The X-ray's tags don't say where it was taken from: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} absent.`,
      'Start from a search, landmarks or a given pose instead.',
    )
  }
  const rotation = rotationFromEuler('ZXY', [toRadians(primaryDeg), toRadians(secondaryDeg), 0])
  const distanceMm = orientation === 'PA' ? -sourceToPatientMm : sourceToPatientMm
  return poseFromDiffdrr(
    { rotation, translationMm: [0, distanceMm, 0], orientation, reverseXAxis },
    isocentreMm,
  )
}
