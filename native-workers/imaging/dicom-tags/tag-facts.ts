import { type ShowDicomOutput } from '../../contract/operations/dicom-tags.js'
import { type DicomDataSet } from '../dicom/data-set.js'
import { decimal, factList, type Facts, millimetres, point } from '../info/facts.js'
import { detectorPitch, xrayTags } from '../xray/xray-tags.js'
import { sopClassName, transferSyntaxName } from './uid-names.js'

const crossSections = ['CT', 'MR', 'PT', 'NM']
const projections = ['CR', 'DX', 'XA', 'RF', 'RG', 'IO', 'PX', 'MG']

const withUnit = (value: number | undefined, unit: string): string | undefined =>
  value === undefined ? undefined : `${decimal(value)}${unit}`

const triple = (
  values: readonly number[] | undefined,
  start = 0,
): readonly [number, number, number] | undefined => {
  const [x, y, z] = values?.slice(start, start + 3) ?? []
  return x === undefined || y === undefined || z === undefined ? undefined : [x, y, z]
}

/** Row spacing comes first in the tags, column spacing first in the words. */
function spacing(dataSet: DicomDataSet, tag: string): string | undefined {
  const [rows, columns] = dataSet.numbers(tag) ?? []
  if (rows === undefined || columns === undefined) return undefined
  if (!(rows > 0 && columns > 0)) return 'not stated (the tag holds 0)'
  return `${millimetres([columns, rows])} (between columns x rows)`
}

/** Tags of a positioner's angles: the sense in which they count (DICOM PS3.3 C.8.7.5.1.2). */
function angle(value: number | undefined, positive: string, negative: string): string | undefined {
  if (value === undefined) return undefined
  return `${decimal(value)}°${value === 0 ? '' : ` (detector ${value > 0 ? positive : negative})`}`
}

const brightness: Readonly<Record<string, string>> = {
  MONOCHROME1: 'MONOCHROME1 (low values are bright)',
  MONOCHROME2: 'MONOCHROME2 (high values are bright)',
}

function pictureFacts(dataSet: DicomDataSet): Facts {
  const uint = (tag: string) => dataSet.uint16(tag)
  const photometric = dataSet.text('x00280004')
  const [columns, rows] = [uint('x00280011'), uint('x00280010')]
  const signed = uint('x00280103') === 1 ? 'signed' : 'unsigned'
  return factList([
    ['size', columns === undefined || rows === undefined ? undefined : `${columns} x ${rows} pixels`],
    ['frames', dataSet.text('x00280008')],
    ['pixel data', dataSet.pixelData === null ? 'none' : transferSyntaxName(dataSet.transferSyntaxUid)],
    [
      'grey values',
      uint('x00280101') === undefined ? undefined : `${uint('x00280101') ?? ''} bits, ${signed}`,
    ],
    ['brightness', photometric === undefined ? undefined : (brightness[photometric] ?? photometric)],
    ['rescale', rescale(dataSet)],
    ['intensity relationship', dataSet.text('x00281040')],
  ])
}

function rescale(dataSet: DicomDataSet): string | undefined {
  const [slope, intercept] = [dataSet.number('x00281053'), dataSet.number('x00281052')]
  return slope === undefined && intercept === undefined
    ? undefined
    : `value x ${decimal(slope ?? 1, 9)} + ${decimal(intercept ?? 0, 9)}`
}

function projectionFacts(dataSet: DicomDataSet): Facts {
  const tags = xrayTags(dataSet)
  const missing = 'not stated'
  return factList([
    ['source to detector', withUnit(tags.sourceToDetectorMm, ' mm') ?? missing],
    ['source to patient', withUnit(tags.sourceToPatientMm, ' mm') ?? missing],
    ['magnification', withUnit(tags.magnification, '')],
    ['detector pixel pitch', spacing(dataSet, 'x00181164') ?? missing],
    ['pixel spacing', spacing(dataSet, 'x00280030')],
    ['pixel spacing calibrated to', dataSet.text('x00280a02')],
    [
      'primary angle',
      angle(tags.positionerPrimaryAngleDeg, "to the patient's left", "to the patient's right") ?? missing,
    ],
    [
      'secondary angle',
      angle(tags.positionerSecondaryAngleDeg, 'towards the head', 'towards the feet') ?? missing,
    ],
    [
      'rows and columns run to',
      tags.patientOrientation?.replace('\\', ' (along rows), ').concat(' (down columns)'),
    ],
    ['view position', tags.viewPosition],
    ['laterality', dataSet.text('x00200062') ?? dataSet.text('x00200060')],
    ['detector active origin', dataSet.text('x00187028')],
    ['field of view origin', dataSet.text('x00187030')],
    ['field of view rotation', withUnit(dataSet.number('x00187032'), '°')],
    ['field of view flipped', dataSet.text('x00187034')],
  ])
}

function crossSectionFacts(dataSet: DicomDataSet): Facts {
  const position = triple(dataSet.numbers('x00200032'))
  const orientation = dataSet.numbers('x00200037')
  const [along, down] = [triple(orientation), triple(orientation, 3)]
  const direction = (vector: readonly number[]) => vector.map((value) => decimal(value, 6)).join(', ')
  return factList([
    ['first pixel (LPS)', position === undefined ? 'not stated' : point(position)],
    [
      'orientation (LPS)',
      along === undefined || down === undefined
        ? 'not stated'
        : `rows run along (${direction(along)}), columns along (${direction(down)})`,
    ],
    ['pixel spacing', spacing(dataSet, 'x00280030') ?? 'not stated'],
    ['slice thickness', withUnit(dataSet.number('x00180050'), ' mm')],
    ['spacing between slices', withUnit(dataSet.number('x00180088'), ' mm')],
    ['gantry tilt', withUnit(dataSet.number('x00181120'), '°')],
  ])
}

/** What a DICOM file's tags say about its picture and geometry, in words. */
export function tagFacts(dataSet: DicomDataSet): Pick<ShowDicomOutput, 'facts' | 'issues'> {
  const modality = dataSet.text('x00080060')
  const isCrossSection = crossSections.includes(modality ?? '')
  const isProjection =
    !isCrossSection &&
    (projections.includes(modality ?? '') || dataSet.has('x00181110') || dataSet.has('x00181164'))
  const sopClass = dataSet.text('x00080016')
  const pitch = isProjection ? detectorPitch(xrayTags(dataSet), dataSet.text('x00280a02')) : { issues: [] }
  return {
    facts: [
      ...factList([
        ['kind', sopClass === undefined ? undefined : sopClassName(sopClass)],
        ['modality', modality],
        ['series', dataSet.text('x0008103e')],
      ]),
      ...pictureFacts(dataSet),
      ...(isCrossSection ? crossSectionFacts(dataSet) : []),
      ...(isProjection ? projectionFacts(dataSet) : []),
      ...factList([
        ['burned-in annotation', dataSet.text('x00280301')],
        ['anonymised', dataSet.text('x00120062')],
      ]),
    ],
    issues: pitch.issues,
  }
}
