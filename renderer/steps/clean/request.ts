import type {
  CleanLabelsOutput,
  Connectivity,
  KeepRule,
} from '../../../native-workers/contract/operations/clean-labels.js'
import type { WindowRequest } from '../../../native-workers/contract/window/bridge.js'
import { structuresFromText } from '../../registration/structures.js'
import { text } from '../../text/en.js'
import { option, type CommandLine } from '../shared/command-line.js'
import type { Trace } from '../shared/lineage.js'
import { caseNameOf, joinPath } from '../shared/paths.js'
import { missing, missingForAnyStep, type Prepared, type Situation } from '../shared/prepared.js'

export interface CleanForm {
  /** Label numbers as typed; empty means all. */
  readonly labels: string
  readonly keep: 'largest' | 'count' | 'min-volume'
  readonly count: number
  readonly minVolumeMm3: number
  readonly connectivity: 'faces' | 'edges' | 'corners'
  readonly others: 'drop' | 'keep'
}

export const defaultCleanForm: CleanForm = {
  labels: '',
  keep: 'largest',
  count: 2,
  minVolumeMm3: 1000,
  connectivity: 'faces',
  others: 'drop',
}

type Request = WindowRequest<'clean-labels'>

const connectivities: Readonly<Record<CleanForm['connectivity'], Connectivity>> = {
  faces: 6,
  edges: 18,
  corners: 26,
}

function keepRule({ keep, count, minVolumeMm3 }: CleanForm): KeepRule {
  if (keep === 'min-volume') return { kind: 'min-volume', minVolumeMm3 }
  return { kind: 'largest', count: keep === 'largest' ? 1 : count }
}

export function prepareClean(situation: Situation, form: CleanForm): Prepared<Request> {
  const words = text.preparation.missing
  const notYet = missingForAnyStep(situation)
  if (notYet !== null) return missing(notYet)
  const { labelsPath, outputFolder } = situation
  if (labelsPath === null) return missing(words.labels)
  const labels = structuresFromText(form.labels)
  if (labels === null) return missing(words.labelList)
  if (outputFolder === null) return missing(words.folder)
  return {
    kind: 'ready',
    request: {
      labelsPath,
      outputPath: joinPath(outputFolder, 'clean', `${caseNameOf(labelsPath)}_cleaned.nii.gz`),
      labels: [...labels],
      connectivity: connectivities[form.connectivity],
      keep: keepRule(form),
      others: form.others,
    },
  }
}

function keepText(keep: Request['keep']): string | undefined {
  if (keep === undefined) return undefined
  if (keep.kind === 'min-volume') return `min-volume=${keep.minVolumeMm3}`
  return keep.count === undefined || keep.count === 1 ? undefined : String(keep.count)
}

export function cleanCommand(request: Request): CommandLine {
  const labels = request.labels ?? []
  return {
    kind: 'command',
    words: [
      ...['isocenter', 'labels', 'clean', request.labelsPath],
      ...option('--labels', labels.length === 0 ? undefined : labels.join(',')),
      ...option('--connectivity', request.connectivity, 6),
      ...option('--keep', keepText(request.keep)),
      ...option('--others', request.others, 'drop'),
      ...['--out', request.outputPath],
    ],
  }
}

export const cleanTrace = (request: Request, output: CleanLabelsOutput): Trace => ({
  volume: null,
  labels: request.labelsPath,
  volumes: [],
  labelMaps: [output.path],
  isUpToDate: output.isUpToDate,
})
