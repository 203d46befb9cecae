import { basename, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { throwIfCancelled, UserError } from '../../contract/errors.js'
import { type Matrix4 } from '../../contract/matrix.js'
import { type VolumeSource } from '../../contract/operations/sources.js'
import {
  type ApplyTransformInput,
  type ApplyTransformOutput,
  type ApplyTransformReport,
  applyTransformReportSchema,
  type Motion,
} from '../../contract/operations/transform.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { type Operation, type OperationContext } from '../../contract/progress.js'
import { motionOf } from '../../geometry/warp/motion.js'
import { outsideValueOf, resampleRegistered } from '../coregister/resample-registered.js'
import { storedWithinMm } from '../isotropic/stored-geometry.js'
import { toLabels } from '../labels.js'
import { labelNumbers, presentLabels } from '../present-labels.js'
import { runRecorded } from '../provenance/run-recorded.js'
import { readVolume } from '../read-volume.js'
import { resampleNearest } from '../resample/nearest.js'
import { loadTransform, recordedTransform, transformInputs } from '../transform-file/load-transform.js'
import { writeTransformFile } from '../transform-file/write-transform.js'
import { type Volume } from '../volume.js'
import { zerosLike } from '../voxel-values.js'
import { writeVolume } from '../write-volume.js'
import { movedGrid, shareOutside } from './moved-grid.js'

type Advance = (fraction: number, message: string) => Promise<void>
type OutputFiles = Pick<ApplyTransformOutput, 'volume' | 'labelsFile' | 'transform'>

/** A volume or label map as it was read, with what was found of its geometry. */
interface ReadInput {
  readonly volume: Volume
  readonly warnings: readonly string[]
}

/**
 * Moves a CT, its label map, or both by a linear transform for good. Rigid motions change origin and directions in the
 * header alone unless told otherwise; all else is resampled once, the CT linearly with air outside, labels by nearest
 * voxel, onto the CT's own grid or a reference's. Writes `<case>_moved.nii.gz`, `<case>_moved_labels.nii.gz`,
 * `<case>_moved.tfm` (moved to original) and the record. Errors: `input-invalid` (a header asked for together with a
 * reference), `geometry-invalid` (a header can't hold the transform, or it is singular), `labels-invalid`, `no-overlap`,
 * `output-exists`, `output-unwritable`, `cancelled`, those of `readVolume` and `readTransformFile`.
 */
export const applyTransform: Operation<ApplyTransformInput, ApplyTransformOutput> = async (
  input,
  context,
) => {
  const { volume, labelsPath, reference, transform, folder, caseName } = input
  const files: OutputFiles = {
    volume: volume === undefined ? null : join(folder, `${caseName}_moved.${input.format}`),
    labelsFile: labelsPath === undefined ? null : join(folder, `${caseName}_moved_labels.${input.format}`),
    transform: join(folder, `${caseName}_moved.tfm`),
  }
  const { report, isUpToDate } = await runRecorded(
    {
      operation: 'apply-transform',
      settings: {
        transform: recordedTransform(transform),
        method: input.method,
        format: input.format,
        volume: volume && readSettings(volume),
        reference: reference && readSettings(reference),
      },
      inputs: [
        ...(volume === undefined ? [] : [{ role: 'volume', path: volume.path }]),
        ...(labelsPath === undefined ? [] : [{ role: 'labels', path: labelsPath }]),
        ...(reference === undefined ? [] : [{ role: 'reference', path: reference.path }]),
        ...transformInputs([transform]),
      ],
      recordPath: join(folder, `${caseName}_moved.provenance.json`),
      force: input.force,
    },
    applyTransformReportSchema,
    async (stage) => {
      const staged = {
        volume: files.volume === null ? null : await stage(files.volume),
        labelsFile: files.labelsFile === null ? null : await stage(files.labelsFile),
        transform: await stage(files.transform),
      }
      return applyToFiles(input, staged, context)
    },
    context.signal,
  )
  return { ...report, ...files, isUpToDate }
}

const readSettings = ({ seriesUid, spacingMm }: VolumeSource): object => ({ seriesUid, spacingMm })

async function applyToFiles(
  input: ApplyTransformInput,
  files: OutputFiles,
  { signal, onProgress }: OperationContext,
): Promise<ApplyTransformReport> {
  const advance: Advance = async (fraction, message) => {
    onProgress({ phase: 'apply-transform', fraction, message, elapsedMs: 0, remainingMs: null })
    // Lets a request to cancel come through between two steps.
    await setImmediate()
    throwIfCancelled(signal)
  }
  await advance(0, 'Reading the transform')
  const originalFromMoved = await loadTransform(input.transform)
  const motion = motionOf(originalFromMoved)
  const method = methodFor(input, motion)
  const ct = input.volume === undefined ? null : await read(input.volume, advance, 0.02, signal)
  const map =
    input.labelsPath === undefined
      ? null
      : await read({ path: input.labelsPath, acceptGeometry: false }, advance, 0.2, signal)
  const leading = ct ?? map
  if (leading === null) throw new UserError('input-invalid', 'A CT or a label map is needed.')
  const reference = input.reference === undefined ? null : await readVolume(input.reference, signal)
  const own = leading.volume.grid
  const grid = method === 'header' ? movedGrid(own, originalFromMoved) : (reference?.volume.grid ?? own)

  let outsideValue: number | null = null
  if (ct !== null && files.volume !== null) {
    let moved: Volume = { grid, voxels: ct.volume.voxels }
    if (method === 'resample') {
      const value = outsideValueOf(ct.volume)
      outsideValue = value
      moved = await resampleRegistered(ct.volume, grid, originalFromMoved, value, (fraction) =>
        advance(0.3 + 0.3 * fraction, 'Resampling the CT'),
      )
    }
    await advance(0.6, 'Writing the CT')
    await writeVolume(files.volume, moved)
  }
  let labels: number[] | null = null
  if (map !== null && files.labelsFile !== null && input.labelsPath !== undefined) {
    await advance(0.8, 'Moving the labels')
    const moved = movedLabels(map.volume, basename(input.labelsPath), grid, originalFromMoved, method)
    labels = moved.labels
    await writeVolume(files.labelsFile, moved.volume)
  }
  await writeTransformFile(files.transform, originalFromMoved)
  const lostShare = method === 'header' ? 0 : shareOutside(own, originalFromMoved, grid)
  return {
    method,
    originalFromMoved,
    motion,
    grid,
    storedWithinMm: await storedWithinMm(files.volume ?? files.labelsFile ?? '', grid),
    outsideValue,
    lostShare,
    labels,
    warnings: [
      ...(ct?.warnings ?? []),
      ...(map?.warnings ?? []),
      ...motionWarnings(motion),
      ...(lostShare >= 0.01
        ? [`${Math.round(lostShare * 100)} % of the moved volume lie outside of the grid and are lost.`]
        : []),
    ],
  }
}

function methodFor({ method, reference }: ApplyTransformInput, motion: Motion): 'header' | 'resample' {
  const isRigid = ['identity', 'translation', 'rigid'].includes(motion.kind)
  if (method === 'resample' || reference !== undefined) {
    if (method !== 'header') return 'resample'
    throw new UserError(
      'input-invalid',
      'A change of the header keeps the voxels where they are in the grid; nothing is put onto a reference by it.',
      'Leave out the reference, or resample.',
    )
  }
  if (isRigid) return 'header'
  if (method === 'auto') return 'resample'
  throw new UserError(
    'geometry-invalid',
    `The transform ${motion.kind === 'mirror' ? 'mirrors' : 'stretches or shears'}; a header can hold a rotation and a translation only.`,
    'Resample instead.',
  )
}

async function read(
  source: VolumeSource,
  advance: Advance,
  fraction: number,
  signal: AbortSignal,
): Promise<ReadInput> {
  await advance(fraction, `Reading ${basename(source.path)}`)
  const { volume, summary } = await readVolume(source, signal)
  const issues = summary.issues.filter(({ severity }) => severity !== 'note')
  return { volume, warnings: issues.map(({ message }) => message) }
}

/** The map with the CT's grid where it is resampled, else with its own voxels. */
function movedLabels(
  { grid: own, voxels }: Volume,
  name: string,
  target: VolumeGrid,
  originalFromMoved: Matrix4,
  method: 'header' | 'resample',
): { volume: Volume; labels: number[] } {
  const stored = toLabels(voxels, name)
  if (method === 'header') {
    return {
      volume: { grid: movedGrid(own, originalFromMoved), voxels: stored },
      labels: labelNumbers(presentLabels(stored)),
    }
  }
  const output = zerosLike(stored, target.size[0] * target.size[1] * target.size[2])
  resampleNearest({ grid: own, voxels: stored }, target, output, originalFromMoved)
  const labels = labelNumbers(presentLabels(toLabels(output, name)))
  if (labels.length > 0) return { volume: { grid: target, voxels: output }, labels }
  throw new UserError(
    'no-overlap',
    `Moved, none of the labels of "${name}" lie inside the grid.`,
    'Check the transform and its direction.',
  )
}

function motionWarnings({ kind, isMirror }: Motion): string[] {
  if (!isMirror) return []
  return [
    kind === 'mirror'
      ? 'The transform mirrors: left and right change places. Poses found on the result need X-rays that are mirrored too.'
      : 'The transform mirrors and stretches: left and right change places.',
  ]
}
