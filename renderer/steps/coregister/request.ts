import type { CoregisterOutput } from '../../../native-workers/contract/operations/coregister.js'
import type { WindowRequest } from '../../../native-workers/contract/window/bridge.js'
import { text } from '../../text/en.js'
import { flag, option, type CommandLine } from '../shared/command-line.js'
import type { Trace } from '../shared/lineage.js'
import { caseNameOf, joinPath } from '../shared/paths.js'
import { missing, missingForAnyStep, type Prepared, type Situation } from '../shared/prepared.js'

export interface CoregisterForm {
  readonly reference: string | null
  readonly referenceLabels: string | null
  readonly method: 'rigid' | 'affine'
  readonly search: boolean
  readonly grid: 'union' | 'reference'
}

export const defaultCoregisterForm: CoregisterForm = {
  reference: null,
  referenceLabels: null,
  method: 'rigid',
  search: true,
  grid: 'union',
}

type Request = WindowRequest<'coregister'>

export function prepareCoregister(situation: Situation, form: CoregisterForm): Prepared<Request> {
  const words = text.preparation.missing
  const notYet = missingForAnyStep(situation)
  if (notYet !== null) return missing(notYet)
  const { volume, labelsPath, outputFolder } = situation
  if (volume === null) return missing(words.volume)
  if (form.reference === null) return missing(words.reference)
  if (form.reference === volume.path) return missing(words.otherReference)
  if (outputFolder === null) return missing(words.folder)
  return {
    kind: 'ready',
    request: {
      volume,
      labelsPath: labelsPath ?? undefined,
      // The command line has one option for both.
      reference: { path: form.reference, acceptGeometry: volume.acceptGeometry },
      referenceLabelsPath: form.referenceLabels ?? undefined,
      method: form.method,
      search: form.search,
      grid: form.grid,
      folder: joinPath(outputFolder, 'coregister'),
      caseName: caseNameOf(volume.path),
    },
  }
}

export function coregisterCommand(request: Request): CommandLine {
  const { volume, reference } = request
  if (volume.spacingMm !== undefined) return { kind: 'none', reason: text.preparation.command.noSpacing }
  if (volume.seriesUid !== undefined) return { kind: 'none', reason: text.preparation.command.noSeries }
  return {
    kind: 'command',
    words: [
      ...['isocenter', 'coregister', volume.path, '--reference', reference.path],
      ...option('--labels', request.labelsPath),
      ...option('--reference-labels', request.referenceLabelsPath),
      ...flag('--accept-geometry', volume.acceptGeometry),
      ...option('--method', request.method, 'rigid'),
      ...flag('--no-search', request.search === false),
      ...option('--grid', request.grid, 'union'),
      ...['--out', request.folder],
    ],
  }
}

export const coregisterTrace = (request: Request, output: CoregisterOutput): Trace => ({
  volume: request.volume.path,
  labels: request.labelsPath ?? null,
  volumes: [output.volume],
  labelMaps: output.labels === null ? [] : [output.labels],
  isUpToDate: output.isUpToDate,
})
