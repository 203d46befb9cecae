import { basename, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { throwIfCancelled, UserError } from '../../contract/errors.js'
import { type Vector3 } from '../../contract/matrix.js'
import {
  type ResampleIsotropicInput,
  type ResampleIsotropicOutput,
  type ResampleIsotropicReport,
  resampleIsotropicReportSchema,
} from '../../contract/operations/resample-isotropic.js'
import { type GeometryIssue } from '../../contract/operations/volume.js'
import { type Operation, type OperationContext } from '../../contract/progress.js'
import { add, translation4 } from '../../geometry/matrix.js'
import { componentTypeOf } from '../itk/image-io.js'
import { runRecorded } from '../provenance/run-recorded.js'
import { readVolume } from '../read-volume.js'
import { smoothingSigma } from '../resample/interpolation/interpolation-weights.js'
import { writeTransformFile } from '../transform-file/write-transform.js'
import { type Volume } from '../volume.js'
import { writeVolume } from '../write-volume.js'
import { resampleLabels } from './resample-labels.js'
import { resampleVolume } from './resample-volume.js'
import { storedWithinMm } from './stored-geometry.js'
import { targetGrid, type TargetGrid } from './target-grid.js'

type Advance = (fraction: number, message: string) => Promise<void>

const airHounsfield = -1000
/** Bytes beyond which the encoder's 32-bit heap would not hold the voxels and its copies. */
const largestOutputBytes = 1.5 * 2 ** 30
const slicesPerTurn = 8

/**
 * Resamples a CT, and its label map by nearest voxel, to isotropic voxels, centred if asked (specification §6, step 4:
 * what the pipeline's README does by hand in 3D Slicer). Writes `<case>_isotropic.nii.gz`, `…_isotropic_labels.nii.gz`,
 * `<case>_centering.tfm` (centred to original) and the record. Errors: `input-invalid` (a spacing that gives too many
 * voxels or too few), `labels-invalid`, `no-overlap`, `output-exists`, `output-unwritable`, `cancelled`, and those of
 * `readVolume`.
 */
export const resampleIsotropicFiles: Operation<ResampleIsotropicInput, ResampleIsotropicOutput> = async (
  input,
  context,
) => {
  const files = outputFiles(input)
  const { report, isUpToDate } = await runRecorded(
    {
      operation: 'resample-isotropic',
      settings: {
        spacingMm: input.spacingMm,
        center: input.center,
        interpolation: input.interpolation,
        keep: input.keep,
        float: input.float,
        format: input.format,
        seriesUid: input.volume.seriesUid,
        stackSpacingMm: input.volume.spacingMm,
      },
      inputs: [
        { role: 'volume', path: input.volume.path },
        ...(input.labelsPath === undefined ? [] : [{ role: 'labels', path: input.labelsPath }]),
      ],
      recordPath: join(input.folder, `${input.caseName}_isotropic.provenance.json`),
      force: input.force,
    },
    resampleIsotropicReportSchema,
    async (stage) => {
      const staged = {
        volume: await stage(files.volume),
        labelsFile: files.labelsFile === null ? null : await stage(files.labelsFile),
        transform: files.transform === null ? null : await stage(files.transform),
      }
      return resampleFiles(input, staged, context)
    },
    context.signal,
  )
  return { ...report, ...files, isUpToDate }
}

type OutputFiles = Pick<ResampleIsotropicOutput, 'volume' | 'labelsFile' | 'transform'>

function outputFiles({ folder, caseName, format, labelsPath, center }: ResampleIsotropicInput): OutputFiles {
  return {
    volume: join(folder, `${caseName}_isotropic.${format}`),
    labelsFile: labelsPath === undefined ? null : join(folder, `${caseName}_isotropic_labels.${format}`),
    transform: center ? join(folder, `${caseName}_centering.tfm`) : null,
  }
}

async function resampleFiles(
  input: ResampleIsotropicInput,
  files: OutputFiles,
  { signal, onProgress }: OperationContext,
): Promise<ResampleIsotropicReport> {
  const advance: Advance = async (fraction, message) => {
    onProgress({ phase: 'resample-isotropic', fraction, message, elapsedMs: 0, remainingMs: null })
    // Lets a request to cancel come through between two steps.
    await setImmediate()
    throwIfCancelled(signal)
  }
  await advance(0, `Reading ${basename(input.volume.path)}`)
  const { volume, summary } = await readVolume(input.volume, signal)
  const spacingMm = input.spacingMm === 'min' ? Math.min(...volume.grid.spacingMm) : input.spacingMm
  const target = targetGrid(volume.grid, {
    spacingMm,
    keep: input.keep,
    center: input.center,
    asStored: input.format.startsWith('nii') ? Math.fround : (value) => value,
  })
  requireManageable(target, input.float ? 4 : volume.voxels.BYTES_PER_ELEMENT, spacingMm)
  const outsideValue = Math.max(airHounsfield, summary.valueRange[0])
  const resampled = await resampleWithProgress(volume, target, input, outsideValue, advance)
  await advance(0.55, 'Writing the volume')
  await writeVolume(files.volume, resampled)
  const labels =
    input.labelsPath === undefined || files.labelsFile === null
      ? null
      : await labelsOnto(target, input.labelsPath, files.labelsFile, advance, signal)
  const originalFromCentered = input.center ? translation4(target.shiftMm) : null
  if (files.transform !== null && originalFromCentered !== null) {
    await writeTransformFile(files.transform, originalFromCentered)
  }
  const smoothing = (axis: 0 | 1 | 2) => smoothingSigma(input.interpolation, target.ratio[axis])
  return {
    inputGrid: volume.grid,
    grid: target.grid,
    storedWithinMm: await storedWithinMm(files.volume, target.grid),
    voxelType: componentTypeOf(resampled.voxels),
    smoothingSigma: [smoothing(0), smoothing(1), smoothing(2)],
    outside: { voxels: outsideVoxels(target), value: outsideValue },
    originalFromCentered,
    labels: labels?.labels ?? null,
    warnings: [
      ...summary.issues.filter(isWorthAWord).map(({ message }) => message),
      ...(labels?.warnings ?? []),
    ],
  }
}

const isWorthAWord = ({ severity }: GeometryIssue): boolean => severity !== 'note'

function outsideVoxels({ grid: { size }, insideSize }: TargetGrid): number {
  const count = ([i, j, k]: Vector3) => i * j * k
  return count(size) - count(insideSize)
}

function requireManageable({ grid: { size } }: TargetGrid, bytesPerVoxel: number, spacingMm: number): void {
  const bytes = size.reduce((product, count) => product * count, bytesPerVoxel)
  if (bytes <= largestOutputBytes) return
  throw new UserError(
    'input-invalid',
    `At ${String(spacingMm)} mm the volume would hold ${size.join(' x ')} voxels (${(bytes / 2 ** 30).toFixed(1)} GiB); at most ${(largestOutputBytes / 2 ** 30).toFixed(1)} GiB can be written.`,
    'Choose a larger spacing, or crop the volume first.',
  )
}

function resampleWithProgress(
  volume: Volume,
  target: TargetGrid,
  { interpolation, float }: ResampleIsotropicInput,
  outsideValue: number,
  advance: Advance,
): Promise<Volume> {
  return resampleVolume(volume, target, { interpolation, float, outsideValue }, async (slice) => {
    if (slice % slicesPerTurn === 0) await advance(0.2 + (0.35 * slice) / target.grid.size[2], 'Resampling')
  })
}

/** Labels are read once the volume is written, so that no more than one of the two is held. */
async function labelsOnto(
  { grid, shiftMm }: TargetGrid,
  path: string,
  outputPath: string,
  advance: Advance,
  signal: AbortSignal,
): Promise<{ labels: number[]; warnings: string[] }> {
  await advance(0.75, `Reading ${basename(path)}`)
  const sampledGrid = { ...grid, originMm: add(grid.originMm, shiftMm) }
  const { labels, present, warnings } = await resampleLabels(path, sampledGrid, signal)
  await advance(0.9, 'Writing the labels')
  await writeVolume(outputPath, { grid, voxels: labels })
  return { labels: present, warnings }
}
