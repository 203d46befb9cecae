import { type Vector2 } from '../../contract/matrix.js'
import { type GeometryIssue } from '../../contract/operations/volume.js'
import { type XrayTags } from '../../contract/operations/xray.js'
import { type DicomDataSet } from '../dicom/data-set.js'

/** [column, row] from a tag that holds rows first; undefined when absent or not positive. */
function spacing(dataSet: DicomDataSet, tag: string): Vector2 | undefined {
  const [row, column] = dataSet.numbers(tag) ?? []
  return row !== undefined && column !== undefined && row > 0 && column > 0 ? [column, row] : undefined
}

const positive = (value: number | undefined): number | undefined =>
  value !== undefined && value > 0 ? value : undefined

/** What a projection image's tags say (DICOM PS3.3 C.8.7, C.8.11); distances of 0 count as absent. */
export function xrayTags(dataSet: DicomDataSet): XrayTags {
  return {
    modality: dataSet.text('x00080060'),
    photometricInterpretation: dataSet.text('x00280004'),
    pixelIntensityRelationship: dataSet.text('x00281040'),
    pixelIntensityRelationshipSign: dataSet.int16('x00281041'),
    sourceToDetectorMm: positive(dataSet.number('x00181110')),
    sourceToPatientMm: positive(dataSet.number('x00181111')),
    imagerPixelSpacingMm: spacing(dataSet, 'x00181164'),
    pixelSpacingMm: spacing(dataSet, 'x00280030'),
    magnification: positive(dataSet.number('x00181114')),
    positionerPrimaryAngleDeg: dataSet.number('x00181510'),
    positionerSecondaryAngleDeg: dataSet.number('x00181511'),
    patientOrientation: dataSet.text('x00200020'),
    viewPosition: dataSet.text('x00185101'),
    frames: Math.max(1, dataSet.number('x00280008') ?? 1),
  }
}

const inWords = ([column, row]: Vector2): string =>
  column === row ? `${column.toPrecision(4)} mm` : `${column.toPrecision(4)} x ${row.toPrecision(4)} mm`

/** Two spacings that differ by less than this ratio are the same, rounded. */
const sameRatio = 1e-3

/**
 * The detector's pixel pitch and how it was found. ImagerPixelSpacing is measured on the detector; PixelSpacing of a
 * projection may have been scaled to a plane in the patient, which PixelSpacingCalibrationType tells (DICOM PS3.3
 * 10.7.1.3).
 */
export function detectorPitch(
  tags: XrayTags,
  calibrationType: string | undefined,
): { pitchMm: Vector2 | undefined; issues: GeometryIssue[] } {
  const { imagerPixelSpacingMm: imager, pixelSpacingMm: pixel, magnification } = tags
  if (imager !== undefined) {
    if (pixel === undefined || pixel.every((value, axis) => Math.abs(value / imager[axis] - 1) < sameRatio)) {
      return { pitchMm: imager, issues: [] }
    }
    return {
      pitchMm: imager,
      issues: [
        {
          code: 'spacing-conflict',
          severity: 'warning',
          message: `The X-ray states two pixel sizes: ${inWords(imager)} on the detector (ImagerPixelSpacing) and ${inWords(pixel)} (PixelSpacing), which is ${(imager[0] / pixel[0]).toFixed(3)} times smaller because it was scaled to a plane in the patient${magnification === undefined ? '' : ` (stated magnification ${magnification.toFixed(3)})`}. The detector's is used.`,
        },
      ],
    }
  }
  if (pixel === undefined) return { pitchMm: undefined, issues: [] }
  if (calibrationType === undefined) {
    return {
      pitchMm: pixel,
      issues: [
        {
          code: 'note',
          severity: 'note',
          message: `Only PixelSpacing (${inWords(pixel)}) is stated; without a mark of calibration it is taken as the detector's pixel pitch.`,
        },
      ],
    }
  }
  if (magnification === undefined) {
    return {
      pitchMm: undefined,
      issues: [
        {
          code: 'missing-spacing',
          severity: 'warning',
          message: `PixelSpacing (${inWords(pixel)}) was calibrated to a plane in the patient (${calibrationType}) and no magnification is stated, so the detector's pixel pitch is unknown.`,
        },
      ],
    }
  }
  const pitchMm: Vector2 = [pixel[0] * magnification, pixel[1] * magnification]
  return {
    pitchMm,
    issues: [
      {
        code: 'spacing-conflict',
        severity: 'warning',
        message: `PixelSpacing (${inWords(pixel)}) was calibrated to a plane in the patient (${calibrationType}); times the stated magnification ${magnification.toFixed(3)} it gives the detector's pixel pitch, ${inWords(pitchMm)}.`,
      },
    ],
  }
}
