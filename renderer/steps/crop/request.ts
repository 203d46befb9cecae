import {
  defaultBoxName,
  type CropOutput,
  type CropStructure,
} from '../../../native-workers/contract/operations/crop.js'
import type { WindowRequest } from '../../../native-workers/contract/window/bridge.js'
import { structuresFromText } from '../../registration/structures.js'
import { text } from '../../text/en.js'
import type { AnatomyChoice } from '../shared/anatomies.js'
import { option, type CommandLine } from '../shared/command-line.js'
import type { Trace } from '../shared/lineage.js'
import { caseNameOf, joinPath } from '../shared/paths.js'
import {
  missing,
  missingForAnyStep,
  type Missing,
  type Prepared,
  type Situation,
} from '../shared/prepared.js'
import { volumeOptions } from '../shared/volume-options.js'
import type { CropBox } from './box/crop-box.js'

/** One structure as typed: a name, and label numbers. */
export interface StructureRow {
  readonly name: string
  readonly labels: string
}

export interface CropForm {
  /** Whether structures are cut out by their labels, or the box that is drawn. */
  readonly method: 'structures' | 'box'
  /** The box drawn last; it stays when structures are cut out meanwhile. */
  readonly box: CropBox | null
  /** Becomes part of the file names. */
  readonly boxName: string
  /** Labels that the box is laid around on demand; empty means all. */
  readonly boxLabels: string
  readonly anatomy: AnatomyChoice
  readonly structures: readonly StructureRow[]
  readonly paddingMm: number
  readonly mirror: 'none' | 'left' | 'right'
}

export const emptyRow: StructureRow = { name: '', labels: '' }

export const defaultCropForm: CropForm = {
  method: 'structures',
  box: null,
  boxName: defaultBoxName,
  boxLabels: '',
  anatomy: 'none',
  structures: [emptyRow],
  paddingMm: 5,
  mirror: 'none',
}

type Request = WindowRequest<'crop'>

/** The contract's rule for names, which become part of file names. */
const nameRule = /^[\p{L}\p{N}][\p{L}\p{N} ._+-]*$/u

/** A structure without a name is called after its labels, as on the command line. */
export function structureOf(row: StructureRow): CropStructure | null {
  const labels = structuresFromText(row.labels)
  if (labels === null || labels.length === 0) return null
  const name = row.name.trim() === '' ? `label-${labels.join('+')}` : row.name.trim()
  return nameRule.test(name) ? { name, labels: [...labels] } : null
}

export const isEmptyRow = ({ name, labels }: StructureRow): boolean =>
  name.trim() === '' && labels.trim() === ''

/** The structures that are filled in; null where one is not right. */
function structuresOf(rows: readonly StructureRow[]): readonly CropStructure[] | null {
  const structures = rows.filter((row) => !isEmptyRow(row)).map(structureOf)
  return structures.every((structure) => structure !== null) ? structures : null
}

/** What is cut out, or in words what is missing for it. */
function partsOf(
  { volume, labelsPath }: Situation,
  form: CropForm,
): { readonly kind: 'parts'; readonly parts: Pick<Request, 'structures' | 'box'> } | Missing {
  const words = text.preparation.missing
  if (form.method === 'box') {
    const name = form.boxName.trim()
    if (!nameRule.test(name)) return missing(words.boxName)
    if (form.box === null) return missing(words.box)
    if (form.box.volumePath !== volume?.path) return missing(words.otherBox)
    const { first, last } = form.box
    return { kind: 'parts', parts: { box: { unit: 'voxels', name, first, last } } }
  }
  if (labelsPath === null) return missing(words.labels)
  const structures = structuresOf(form.structures)
  if (structures === null) return missing(words.structure)
  if (structures.length === 0) return missing(words.structures)
  return { kind: 'parts', parts: { structures: [...structures] } }
}

export function prepareCrop(situation: Situation, form: CropForm): Prepared<Request> {
  const words = text.preparation.missing
  const notYet = missingForAnyStep(situation)
  if (notYet !== null) return missing(notYet)
  const { volume, labelsPath, outputFolder } = situation
  if (volume === null) return missing(words.volume)
  const found = partsOf(situation, form)
  if (found.kind === 'missing') return found
  if (outputFolder === null) return missing(words.folder)
  return {
    kind: 'ready',
    request: {
      volume,
      ...(labelsPath !== null && { labelsPath }),
      ...found.parts,
      ...(form.method === 'structures' && { paddingMm: form.paddingMm }),
      mirror: form.mirror,
      folder: joinPath(outputFolder, 'crop'),
      caseName: caseNameOf(volume.path),
    },
  }
}

export function cropCommand(request: Request): CommandLine {
  const source = volumeOptions(request.volume)
  if (source.kind === 'none') return source
  const { labelsPath, structures = [], box } = request
  const named = structures.map(({ name, labels }) => `${name}=${labels.join('+')}`)
  return {
    kind: 'command',
    words: [
      ...['isocenter', 'crop', request.volume.path],
      ...option('--labels', labelsPath),
      ...source.words,
      ...option('--structures', named.length === 0 ? undefined : named.join(',')),
      ...boxOptions(box),
      ...option('--padding', request.paddingMm, 5),
      ...option('--mirror', request.mirror, 'none'),
      ...['--out', request.folder],
    ],
  }
}

function boxOptions(box: Request['box']): readonly string[] {
  if (box?.unit !== 'voxels') return []
  return [
    ...['--box', [...box.first, ...box.last].join(',')],
    ...option('--box-name', box.name, defaultBoxName),
  ]
}

/** The names of what is cut out. */
export const partNames = ({ structures = [], box }: Request): readonly string[] => [
  ...structures.map(({ name }) => name),
  ...(box === undefined ? [] : [box.name ?? defaultBoxName]),
]

export const cropTrace = (request: Request, { structures, isUpToDate }: CropOutput): Trace => ({
  volume: request.volume.path,
  labels: request.labelsPath ?? null,
  volumes: structures.map(({ volume }) => volume),
  labelMaps: structures.flatMap(({ labels }) => labels ?? []),
  isUpToDate,
})
