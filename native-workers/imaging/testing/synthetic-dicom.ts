import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import dcmjs from 'dcmjs'

export type DicomValue = string | number | readonly (string | number)[]

/** Tag (8 hexadecimal digits) and value representation of the keywords that tests set. */
const dictionary = {
  SOPClassUID: ['00080016', 'UI'],
  SOPInstanceUID: ['00080018', 'UI'],
  ImageType: ['00080008', 'CS'],
  Modality: ['00080060', 'CS'],
  SeriesDescription: ['0008103E', 'LO'],
  SliceThickness: ['00180050', 'DS'],
  DistanceSourceToDetector: ['00181110', 'DS'],
  DistanceSourceToPatient: ['00181111', 'DS'],
  EstimatedRadiographicMagnificationFactor: ['00181114', 'DS'],
  GantryDetectorTilt: ['00181120', 'DS'],
  ImagerPixelSpacing: ['00181164', 'DS'],
  PositionerPrimaryAngle: ['00181510', 'DS'],
  PositionerSecondaryAngle: ['00181511', 'DS'],
  StudyInstanceUID: ['0020000D', 'UI'],
  SeriesInstanceUID: ['0020000E', 'UI'],
  SeriesNumber: ['00200011', 'IS'],
  InstanceNumber: ['00200013', 'IS'],
  ImagePositionPatient: ['00200032', 'DS'],
  ImageOrientationPatient: ['00200037', 'DS'],
  SamplesPerPixel: ['00280002', 'US'],
  PhotometricInterpretation: ['00280004', 'CS'],
  PlanarConfiguration: ['00280006', 'US'],
  NumberOfFrames: ['00280008', 'IS'],
  Rows: ['00280010', 'US'],
  Columns: ['00280011', 'US'],
  PixelSpacing: ['00280030', 'DS'],
  BitsAllocated: ['00280100', 'US'],
  BitsStored: ['00280101', 'US'],
  HighBit: ['00280102', 'US'],
  PixelRepresentation: ['00280103', 'US'],
  PixelSpacingCalibrationType: ['00280A02', 'CS'],
  PixelIntensityRelationship: ['00281040', 'CS'],
  PixelIntensityRelationshipSign: ['00281041', 'SS'],
  RescaleIntercept: ['00281052', 'DS'],
  RescaleSlope: ['00281053', 'DS'],
} as const

export type DicomAttributes = Partial<Record<keyof typeof dictionary, DicomValue>>

/** Decimal strings hold at most 16 characters. */
const asText = (item: string | number) =>
  typeof item === 'number' ? String(Number(item.toPrecision(12))) : item

const element = (vr: string, value: DicomValue) => {
  const values = typeof value === 'object' ? value : [value]
  return { vr, Value: values.map((item) => (vr === 'US' || vr === 'SS' ? item : asText(item))) }
}

/** One DICOM file, explicit little endian, with the given attributes and pixels. */
export function dicomBytes(
  attributes: DicomAttributes,
  pixels: Uint8Array | Uint16Array | Int16Array,
): Buffer {
  const all: DicomAttributes = {
    SOPClassUID: '1.2.840.10008.5.1.4.1.1.2',
    SOPInstanceUID: '1.2.826.0.1.3680043.8.498.1',
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    BitsAllocated: pixels.BYTES_PER_ELEMENT * 8,
    BitsStored: pixels.BYTES_PER_ELEMENT * 8,
    HighBit: pixels.BYTES_PER_ELEMENT * 8 - 1,
    PixelRepresentation: pixels instanceof Int16Array ? 1 : 0,
    ...attributes,
  }
  const file = new dcmjs.data.DicomDict({
    '00020002': element('UI', all.SOPClassUID ?? ''),
    '00020003': element('UI', all.SOPInstanceUID ?? ''),
    '00020010': element('UI', '1.2.840.10008.1.2.1'),
    '00020012': element('UI', '1.2.826.0.1.3680043.8.498.2'),
  })
  const elements = (Object.keys(dictionary) as (keyof typeof dictionary)[]).flatMap((keyword) => {
    const value = all[keyword]
    const [tag, vr] = dictionary[keyword]
    return value === undefined ? [] : [[tag, element(vr, value)] as const]
  })
  const raw = new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength).slice().buffer
  file.dict = {
    ...Object.fromEntries(elements),
    '7FE00010': { vr: pixels.BYTES_PER_ELEMENT === 1 ? 'OB' : 'OW', Value: [raw] },
  }
  return Buffer.from(file.write())
}

export interface SyntheticSlice {
  readonly name: string
  readonly attributes: DicomAttributes
  readonly pixels: Uint16Array
}

/** Columns and rows of the synthetic slices, and their [column, row] pixel spacing. */
export const sliceShape = { columns: 12, rows: 10, pixelSpacingMm: [0.5, 0.75] as const }

/**
 * An axial CT slice at `positionMm` whose HU are a linear function of its pixels' places in LPS mm, stored as uint16
 * with intercept -1024: HU = x + 2 y + 3 z.
 */
export function rampSlice(
  index: number,
  positionMm: readonly [number, number, number],
  attributes: DicomAttributes = {},
): SyntheticSlice {
  const { columns, rows, pixelSpacingMm } = sliceShape
  const pixels = Uint16Array.from({ length: columns * rows }, (_, pixel) => {
    const x = positionMm[0] + (pixel % columns) * pixelSpacingMm[0]
    const y = positionMm[1] + Math.floor(pixel / columns) * pixelSpacingMm[1]
    return Math.round(2 * (x + 2 * y + 3 * positionMm[2])) + 2048
  })
  return {
    name: `IM${String(index)}.dcm`,
    pixels,
    attributes: {
      Modality: 'CT',
      ImageType: ['ORIGINAL', 'PRIMARY', 'AXIAL'],
      SOPInstanceUID: `1.2.826.0.1.3680043.8.498.10.${index}`,
      SeriesInstanceUID: '1.2.826.0.1.3680043.8.498.20',
      SeriesDescription: 'Ramp',
      InstanceNumber: index,
      Rows: rows,
      Columns: columns,
      PixelSpacing: [pixelSpacingMm[1], pixelSpacingMm[0]],
      ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
      ImagePositionPatient: positionMm,
      RescaleSlope: 0.5,
      RescaleIntercept: -1024,
      ...attributes,
    },
  }
}

export async function writeSlices(folder: string, slices: readonly SyntheticSlice[]): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const { name, attributes, pixels } of slices) {
    await writeFile(join(folder, name), dicomBytes(attributes, pixels))
  }
}
