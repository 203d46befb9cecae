import { UserError } from '../../contract/errors.js'
import { type XrayCorrection } from '../../contract/operations/dicom-tags.js'
import { type DicomDataSet } from '../dicom/data-set.js'
import { decimalString } from './decimal-string.js'
import { type NewElement } from './encode-element.js'

export interface XrayEdits {
  readonly elements: readonly (NewElement & { readonly value: string })[]
  readonly warnings: readonly string[]
}

const sameRatio = 1e-3
/** Stated magnification and distances that differ by more than this contradict each other. */
const magnificationTolerance = 0.02

/** Objects that keep their geometry per frame, out of reach of one value for the whole file. */
const enhancedClasses = ['1.2.840.10008.5.1.4.1.1.12.1.1', '1.2.840.10008.5.1.4.1.1.12.2.1']

/**
 * The elements that a correction of an X-ray writes, and what then still does not fit. Errors: `input-invalid` (the
 * distances contradict each other, no picture in grey), `format-unsupported` (an enhanced object).
 */
export function xrayEdits(dataSet: DicomDataSet, name: string, correction: XrayCorrection): XrayEdits {
  if (enhancedClasses.includes(dataSet.text('x00080016') ?? '')) {
    throw new UserError(
      'format-unsupported',
      `"${name}" is an enhanced multi-frame X-ray, which keeps its geometry for each frame; single tags can't correct it.`,
      'Give the geometry as a camera file instead.',
    )
  }
  const spacing = spacingEdits(dataSet, correction)
  const photometric = photometricEdits(dataSet, name, correction)
  const decimals = [
    ['x00181110', correction.sourceToDetectorMm],
    ['x00181111', correction.sourceToPatientMm],
    ['x00181510', correction.positionerPrimaryAngleDeg],
    ['x00181511', correction.positionerSecondaryAngleDeg],
  ] as const
  const elements = decimals.flatMap(([tag, value]) =>
    value === undefined ? [] : [{ tag, vr: 'DS', value: decimalString(value) }],
  )
  return {
    elements: [...elements, ...spacing.elements, ...photometric].sort((a, b) => (a.tag < b.tag ? -1 : 1)),
    warnings: [...distanceWarnings(dataSet, correction), ...spacing.warnings],
  }
}

function distanceWarnings(dataSet: DicomDataSet, correction: XrayCorrection): string[] {
  const positive = (value: number | undefined) => (value !== undefined && value > 0 ? value : undefined)
  const sdd = correction.sourceToDetectorMm ?? positive(dataSet.number('x00181110'))
  const sod = correction.sourceToPatientMm ?? positive(dataSet.number('x00181111'))
  if (sdd === undefined || sod === undefined) return []
  if (sod >= sdd) {
    throw new UserError(
      'input-invalid',
      `The patient would lie ${decimalString(sod)} mm from the source, behind the detector at ${decimalString(sdd)} mm.`,
      'Check --sdd and --sod, and what the file states (dicom show).',
    )
  }
  const stated = positive(dataSet.number('x00181114'))
  if (stated === undefined || Math.abs((stated * sod) / sdd - 1) <= magnificationTolerance) return []
  return [
    `The file states a magnification of ${decimalString(stated)}, but the distances give ${(sdd / sod).toFixed(3)}; the tag is left as it is.`,
  ]
}

function spacingEdits(dataSet: DicomDataSet, { pixelSpacingMm }: XrayCorrection): XrayEdits {
  if (pixelSpacingMm === undefined) return { elements: [], warnings: [] }
  // The tags hold the distance of rows first.
  const value = [...pixelSpacingMm].reverse().map(decimalString).join('\\')
  const imager = dataSet.numbers('x00181164')
  const pixel = dataSet.numbers('x00280030')
  const isCalibrated = dataSet.has('x00280a02')
  const isDetectorPitch =
    imager === undefined
      ? !isCalibrated
      : pixel?.every((mm, axis) => Math.abs(mm / (imager[axis] ?? Number.NaN) - 1) < sameRatio) === true
  const elements = [{ tag: 'x00181164', vr: 'DS', value }]
  if (pixel === undefined || isDetectorPitch) {
    return { elements: [...elements, { tag: 'x00280030', vr: 'DS', value }], warnings: [] }
  }
  return {
    elements,
    warnings: [
      `PixelSpacing (${pixel.map(decimalString).join(' x ')} mm) was scaled to a plane in the patient and is left as it is; ImagerPixelSpacing holds the detector's pitch.`,
    ],
  }
}

function photometricEdits(
  dataSet: DicomDataSet,
  name: string,
  { photometricInterpretation: wanted }: XrayCorrection,
): XrayEdits['elements'] {
  if (wanted === undefined) return []
  const stated = dataSet.text('x00280004')
  const isGrey = (dataSet.uint16('x00280002') ?? 1) === 1
  if (!isGrey || (stated !== undefined && !['MONOCHROME1', 'MONOCHROME2'].includes(stated))) {
    throw new UserError(
      'input-invalid',
      `"${name}" holds ${stated ?? 'colour'} pictures; only grey ones can be declared ${wanted}.`,
      'Leave --photometric out.',
    )
  }
  const shape = { tag: 'x20500020', vr: 'CS', value: wanted === 'MONOCHROME1' ? 'INVERSE' : 'IDENTITY' }
  // Where the presentation table is stated it has to agree (DICOM PS3.3 C.11.6).
  return [{ tag: 'x00280004', vr: 'CS', value: wanted }, ...(dataSet.has('x20500020') ? [shape] : [])]
}
