import type { CropOutput, CropStructure } from '../../../native-workers/contract/operations/crop.js'
import type { WindowRequest } from '../../../native-workers/contract/window/bridge.js'
import { structuresFromText } from '../../registration/structures.js'
import { text } from '../../text/en.js'
import type { AnatomyChoice } from '../shared/anatomies.js'
import { option, type CommandLine } from '../shared/command-line.js'
import type { Trace } from '../shared/lineage.js'
import { caseNameOf, joinPath } from '../shared/paths.js'
import { missing, missingForAnyStep, type Prepared, type Situation } from '../shared/prepared.js'
import { volumeOptions } from '../shared/volume-options.js'

/** One structure as typed: a name, and label numbers. */
export interface StructureRow {
  readonly name: string
  readonly labels: string
}

export interface CropForm {
  readonly anatomy: AnatomyChoice
  readonly structures: readonly StructureRow[]
  readonly paddingMm: number
  readonly mirror: 'none' | 'left' | 'right'
}

export const emptyRow: StructureRow = { name: '', labels: '' }

export const defaultCropForm: CropForm = {
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

export function prepareCrop(situation: Situation, form: CropForm): Prepared<Request> {
  const words = text.preparation.missing
  const notYet = missingForAnyStep(situation)
  if (notYet !== null) return missing(notYet)
  const { volume, labelsPath, outputFolder } = situation
  if (volume === null) return missing(words.volume)
  if (labelsPath === null) return missing(words.labels)
  const structures = structuresOf(form.structures)
  if (structures === null) return missing(words.structure)
  if (structures.length === 0) return missing(words.structures)
  if (outputFolder === null) return missing(words.folder)
  return {
    kind: 'ready',
    request: {
      volume,
      labelsPath,
      structures: [...structures],
      paddingMm: form.paddingMm,
      mirror: form.mirror,
      folder: joinPath(outputFolder, 'crop'),
      caseName: caseNameOf(volume.path),
    },
  }
}

export function cropCommand(request: Request): CommandLine {
  const source = volumeOptions(request.volume)
  if (source.kind === 'none') return source
  const structures = request.structures.map(({ name, labels }) => `${name}=${labels.join('+')}`)
  return {
    kind: 'command',
    words: [
      ...['isocenter', 'crop', request.volume.path, '--labels', request.labelsPath],
      ...source.words,
      ...['--structures', structures.join(',')],
      ...option('--padding', request.paddingMm, 5),
      ...option('--mirror', request.mirror, 'none'),
      ...['--out', request.folder],
    ],
  }
}

export const cropTrace = (request: Request, { structures, isUpToDate }: CropOutput): Trace => ({
  volume: request.volume.path,
  labels: request.labelsPath,
  volumes: structures.map(({ volume }) => volume),
  labelMaps: structures.map(({ labels }) => labels),
  isUpToDate,
})
