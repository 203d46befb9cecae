import { type Vector2, type Vector3 } from '../../contract/matrix.js'
import { type DicomDataSet } from './data-set.js'

/** What places one CT or MR slice; LPS millimetres (DICOM PS3.3 C.7.6.2). */
export interface SliceHeader {
  readonly dataSet: DicomDataSet
  readonly name: string
  readonly seriesUid: string
  readonly seriesDescription: string
  readonly seriesNumber: number | undefined
  readonly modality: string
  /** SOP class and the third value of ImageType: keeps localizers and derived pictures apart. */
  readonly kind: string
  readonly sopClassUid: string
  readonly sopInstanceUid: string
  /** A localizer shows where the slices of another series lie. */
  readonly isLocalizer: boolean
  readonly samplesPerPixel: number
  readonly instanceNumber: number | undefined
  readonly columns: number
  readonly rows: number
  readonly frames: number
  /** Centre of the first pixel. */
  readonly positionMm: Vector3 | undefined
  /** Unit directions of a growing column and a growing row index. */
  readonly orientation: readonly [Vector3, Vector3] | undefined
  /** [between columns, between rows]; the tag itself holds rows first. */
  readonly pixelSpacingMm: Vector2 | undefined
  readonly sliceThicknessMm: number | undefined
  readonly spacingBetweenSlicesMm: number | undefined
  readonly gantryTiltDeg: number | undefined
}

function vector3(values: readonly number[] | undefined, start = 0): Vector3 | undefined {
  const [x, y, z] = values?.slice(start, start + 3) ?? []
  return x === undefined || y === undefined || z === undefined ? undefined : [x, y, z]
}

function orientationOf(dataSet: DicomDataSet): readonly [Vector3, Vector3] | undefined {
  const values = dataSet.numbers('x00200037')
  const alongColumns = vector3(values)
  const alongRows = vector3(values, 3)
  return alongColumns === undefined || alongRows === undefined ? undefined : [alongColumns, alongRows]
}

/** The slice's header; null when the file holds no single-plane picture. */
export function sliceHeader(dataSet: DicomDataSet, name: string): SliceHeader | null {
  const rows = dataSet.uint16('x00280010')
  const columns = dataSet.uint16('x00280011')
  if (dataSet.pixelData === null || rows === undefined || columns === undefined) return null
  const spacing = dataSet.numbers('x00280030')
  const sopClassUid = dataSet.text('x00080016') ?? ''
  const imageTypes = (dataSet.text('x00080008') ?? '').split('\\').map((value) => value.trim())
  return {
    dataSet,
    name,
    seriesUid: dataSet.text('x0020000e') ?? '',
    seriesDescription: dataSet.text('x0008103e') ?? '',
    modality: dataSet.text('x00080060') ?? '',
    seriesNumber: dataSet.number('x00200011'),
    kind: `${sopClassUid} ${imageTypes[2] ?? ''}`,
    sopClassUid,
    isLocalizer: imageTypes.includes('LOCALIZER'),
    samplesPerPixel: dataSet.uint16('x00280002') ?? 1,
    sopInstanceUid: dataSet.text('x00080018') ?? '',
    instanceNumber: dataSet.number('x00200013'),
    columns,
    rows,
    frames: dataSet.number('x00280008') ?? 1,
    positionMm: vector3(dataSet.numbers('x00200032')),
    orientation: orientationOf(dataSet),
    pixelSpacingMm:
      spacing?.[1] === undefined || spacing[0] === undefined ? undefined : [spacing[1], spacing[0]],
    sliceThicknessMm: dataSet.number('x00180050'),
    spacingBetweenSlicesMm: dataSet.number('x00180088'),
    gantryTiltDeg: dataSet.number('x00181120'),
  }
}
