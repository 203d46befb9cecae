import type {
  GridAnchor,
  Interpolation,
  ResampleIsotropicOutput,
} from '../../../native-workers/contract/operations/resample-isotropic.js'
import type { WindowRequest } from '../../../native-workers/contract/window/bridge.js'
import { text } from '../../text/en.js'
import type { AnatomyChoice } from '../shared/anatomies.js'
import { flag, option, type CommandLine } from '../shared/command-line.js'
import type { Trace } from '../shared/lineage.js'
import { caseNameOf, joinPath } from '../shared/paths.js'
import { missing, missingForAnyStep, type Prepared, type Situation } from '../shared/prepared.js'
import { volumeOptions } from '../shared/volume-options.js'

export interface IsotropicForm {
  readonly anatomy: AnatomyChoice
  /** `min`: the smallest spacing of the CT. */
  readonly spacing: 'min' | 'given'
  readonly spacingMm: number
  readonly center: boolean
  readonly interpolation: Interpolation
  readonly keep: GridAnchor
  readonly float: boolean
  readonly format: 'nii.gz' | 'nii' | 'nrrd' | 'mha'
}

export const defaultIsotropicForm: IsotropicForm = {
  anatomy: 'none',
  spacing: 'min',
  spacingMm: 1,
  center: false,
  interpolation: 'linear',
  keep: 'first-voxel',
  float: false,
  format: 'nii.gz',
}

type Request = WindowRequest<'resample-isotropic'>

export function prepareIsotropic(situation: Situation, form: IsotropicForm): Prepared<Request> {
  const words = text.preparation.missing
  const notYet = missingForAnyStep(situation)
  if (notYet !== null) return missing(notYet)
  const { volume, labelsPath, outputFolder } = situation
  if (volume === null) return missing(words.volume)
  if (outputFolder === null) return missing(words.folder)
  return {
    kind: 'ready',
    request: {
      volume,
      labelsPath: labelsPath ?? undefined,
      spacingMm: form.spacing === 'min' ? 'min' : form.spacingMm,
      center: form.center,
      interpolation: form.interpolation,
      keep: form.keep,
      float: form.float,
      format: form.format,
      folder: joinPath(outputFolder, 'isotropic'),
      caseName: caseNameOf(volume.path),
    },
  }
}

export function isotropicCommand(request: Request): CommandLine {
  const source = volumeOptions(request.volume)
  if (source.kind === 'none') return source
  return {
    kind: 'command',
    words: [
      ...['isocenter', 'isotropic', request.volume.path, '--spacing', String(request.spacingMm)],
      ...option('--labels', request.labelsPath),
      ...source.words,
      ...flag('--center', request.center),
      ...option('--keep', request.keep, 'first-voxel'),
      ...option('--interpolation', request.interpolation, 'linear'),
      ...flag('--float', request.float),
      ...option('--format', request.format, 'nii.gz'),
      ...['--out', request.folder],
    ],
  }
}

export const isotropicTrace = (request: Request, output: ResampleIsotropicOutput): Trace => ({
  volume: request.volume.path,
  labels: request.labelsPath ?? null,
  volumes: [output.volume],
  labelMaps: output.labelsFile === null ? [] : [output.labelsFile],
  isUpToDate: output.isUpToDate,
})
