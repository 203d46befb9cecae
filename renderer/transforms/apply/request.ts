import type { ApplyTransformOutput } from '../../../native-workers/contract/operations/transform.js'
import type { WindowRequest } from '../../../native-workers/contract/window/bridge.js'
import { flag, option, type CommandLine } from '../../steps/shared/command-line.js'
import type { Trace } from '../../steps/shared/lineage.js'
import { caseNameOf, joinPath } from '../../steps/shared/paths.js'
import { missing, missingForAnyStep, type Prepared, type Situation } from '../../steps/shared/prepared.js'
import { volumeOptions } from '../../steps/shared/volume-options.js'
import { text } from '../../text/en.js'
import { motionKind } from '../model/affine.js'
import { originalFromMoved, type NamedTransform } from '../model/transform.js'

export interface ApplyForm {
  readonly moves: 'both' | 'ct' | 'labels'
  readonly method: 'auto' | 'header' | 'resample'
  /** Whose grid the result lies on; null: the CT's own. */
  readonly reference: string | null
  readonly format: 'nii.gz' | 'nii' | 'nrrd' | 'mha'
}

export const defaultApplyForm: ApplyForm = {
  moves: 'both',
  method: 'auto',
  reference: null,
  format: 'nii.gz',
}

type Request = WindowRequest<'apply-transform'>

const words = text.transforms

/** What becomes of the voxels. */
export function resultingMethod(
  { method, reference }: ApplyForm,
  transform: NamedTransform,
): 'header' | 'resample' {
  if (method !== 'auto') return method
  const kind = motionKind(transform.movedFromVolume)
  return reference === null && (kind === 'rigid' || kind === 'identity') ? 'header' : 'resample'
}

/** `file`: the file that holds the transform, where there is one. */
export function prepareApply(
  situation: Situation,
  form: ApplyForm,
  transform: NamedTransform | null,
  file: string | null,
): Prepared<Request> {
  const { volume, labelsPath, outputFolder } = situation
  const notYet = missingForAnyStep(situation)
  if (notYet !== null) return missing(notYet)
  if (transform === null) return missing(words.noTransform)
  const kind = motionKind(transform.movedFromVolume)
  const movesLabels = form.moves !== 'ct' && labelsPath !== null
  if (form.moves === 'labels' && labelsPath === null) return missing(words.noLabels)
  if (form.moves !== 'labels' && volume === null) return missing(text.preparation.missing.volume)
  if (kind === 'identity' && form.reference === null) return missing(words.isIdentity)
  if (form.method === 'header' && (kind === 'mirror' || kind === 'affine'))
    return missing(words.headerMissing)
  if (form.method === 'header' && form.reference !== null) return missing(words.referenceHeader)
  if (outputFolder === null) return missing(text.preparation.missing.folder)
  const named = form.moves === 'labels' ? labelsPath : (volume?.path ?? null)
  return {
    kind: 'ready',
    request: {
      volume: form.moves === 'labels' ? undefined : (volume ?? undefined),
      labelsPath: movesLabels ? labelsPath : undefined,
      transform:
        file === null
          ? { kind: 'matrix', originalFromMoved: originalFromMoved(transform) }
          : { kind: 'file', path: file },
      method: form.method,
      reference: form.reference === null ? undefined : { path: form.reference },
      format: form.format,
      folder: joinPath(outputFolder, 'transforms'),
      caseName: caseNameOf(named ?? ''),
    },
  }
}

export function applyCommand(request: Request): CommandLine {
  const { volume, transform, reference } = request
  if (transform.kind === 'matrix') return { kind: 'none', reason: words.commandNeedsFile }
  const source = volume === undefined ? null : volumeOptions(volume)
  if (source?.kind === 'none') return source
  return {
    kind: 'command',
    words: [
      ...['isocenter', 'transform', 'apply', ...(volume === undefined ? [] : [volume.path])],
      ...option('--labels', request.labelsPath),
      ...(source?.words ?? []),
      ...['--warp', transform.path],
      ...flag('--invert', transform.invert),
      ...option('--method', request.method, 'auto'),
      ...option('--reference', reference?.path),
      ...option('--format', request.format, 'nii.gz'),
      ...['--out', request.folder],
    ],
  }
}

export const applyTrace = (request: Request, output: ApplyTransformOutput): Trace => ({
  volume: request.volume?.path ?? null,
  labels: request.labelsPath ?? null,
  volumes: output.volume === null ? [] : [output.volume],
  labelMaps: output.labelsFile === null ? [] : [output.labelsFile],
  isUpToDate: output.isUpToDate,
})
