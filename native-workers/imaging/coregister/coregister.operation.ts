import { basename, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { throwIfCancelled } from '../../contract/errors.js'
import {
  type CoregisterInput,
  type CoregisterOutput,
  type CoregisterReport,
  coregisterReportSchema,
} from '../../contract/operations/coregister.js'
import { type Operation, type OperationContext } from '../../contract/progress.js'
import { distance, identity4, invertAffine, linearPart, transformPoint } from '../../geometry/matrix.js'
import { nearestRotation, rotationAngleRad } from '../../geometry/rigid.js'
import { toDegrees } from '../../geometry/rotations/euler.js'
import { singularValues3 } from '../../geometry/singular-values.js'
import { loadLabels } from '../labels.js'
import { runRecorded } from '../provenance/run-recorded.js'
import { inStoredType } from '../stored-type.js'
import { writeTransformFile } from '../transform-file/write-transform.js'
import { gridCentreMm } from '../volume.js'
import { loadVolume } from '../volume-cache.js'
import { writeVolume } from '../write-volume.js'
import { alignVolumes } from './align-volumes.js'
import { alignmentWarnings } from './alignment-warnings.js'
import { diceOfLabels, type PlacedLabels } from './label-overlap.js'
import { unionGrid } from './registered-grid.js'
import { outsideValueOf, resampleRegistered, resampleRegisteredLabels } from './resample-registered.js'

/**
 * Registers a CT to a reference CT by mutual information, rigidly or affinely, and resamples it once at full resolution
 * onto the reference's lattice (specification §6, step 3). Writes `<case>_registered.nii.gz`, the transform
 * `<case>.tfm` (reference to CT, what ITK's resampling and `--warp` take) and `<case>.inverse.tfm`, with labels also
 * `<case>_registered_labels.nii.gz`, and the record. Errors: `no-overlap`, `values-invalid`, `labels-invalid`,
 * `output-exists`, `output-unwritable`, `cancelled`, and those of `readVolume`.
 */
export const coregister: Operation<CoregisterInput, CoregisterOutput> = async (input, context) => {
  const files = outputFiles(input)
  const { report, isUpToDate } = await runRecorded(
    {
      operation: 'coregister',
      settings: {
        method: input.method,
        search: input.search,
        grid: input.grid,
        volume: { seriesUid: input.volume.seriesUid, spacingMm: input.volume.spacingMm },
        reference: { seriesUid: input.reference.seriesUid, spacingMm: input.reference.spacingMm },
      },
      inputs: [
        { role: 'volume', path: input.volume.path },
        { role: 'reference', path: input.reference.path },
        ...(input.labelsPath === undefined ? [] : [{ role: 'labels', path: input.labelsPath }]),
        ...(input.referenceLabelsPath === undefined
          ? []
          : [{ role: 'reference labels', path: input.referenceLabelsPath }]),
      ],
      recordPath: join(input.folder, `${input.caseName}_registered.provenance.json`),
      force: input.force,
    },
    coregisterReportSchema,
    async (stage) => {
      const staged = {
        volume: await stage(files.volume),
        transform: await stage(files.transform),
        inverseTransform: await stage(files.inverseTransform),
        labels: files.labels === null ? null : await stage(files.labels),
      }
      return coregisterFiles(input, staged, context)
    },
    context.signal,
  )
  return { ...report, ...files, isUpToDate }
}

type OutputFiles = Pick<CoregisterOutput, 'volume' | 'transform' | 'inverseTransform' | 'labels'>

function outputFiles({ folder, caseName, labelsPath }: CoregisterInput): OutputFiles {
  return {
    volume: join(folder, `${caseName}_registered.nii.gz`),
    transform: join(folder, `${caseName}.tfm`),
    inverseTransform: join(folder, `${caseName}.inverse.tfm`),
    labels: labelsPath === undefined ? null : join(folder, `${caseName}_registered_labels.nii.gz`),
  }
}

async function coregisterFiles(
  input: CoregisterInput,
  files: OutputFiles,
  { signal, onProgress }: OperationContext,
): Promise<CoregisterReport> {
  const report = (fraction: number, message: string) => {
    onProgress({ phase: 'coregister', fraction, message, elapsedMs: 0, remainingMs: null })
  }
  const advance = async (fraction: number, message: string) => {
    report(fraction, message)
    // Lets a request to cancel come through between two steps.
    await setImmediate()
    throwIfCancelled(signal)
  }
  await advance(0, `Reading ${basename(input.volume.path)}`)
  const { volume, summary } = await loadVolume(input.volume, signal)
  await advance(0.05, `Reading ${basename(input.reference.path)}`)
  const { volume: reference } = await loadVolume(input.reference, signal)
  const labels = await placedLabels(input.labelsPath, volume.grid, signal)
  const referenceLabels = await placedLabels(input.referenceLabelsPath, reference.grid, signal)

  const alignment = await alignVolumes(reference, volume, input, signal, (fraction, message) => {
    report(0.1 + 0.7 * fraction, message)
  })
  const volumeFromReference = alignment.movingFromFixed

  const grid =
    input.grid === 'reference'
      ? reference.grid
      : unionGrid(reference.grid, volume.grid, volumeFromReference, volume.voxels.BYTES_PER_ELEMENT)
  const outsideValue = outsideValueOf(volume)
  const resampled = await resampleRegistered(volume, grid, volumeFromReference, outsideValue, (fraction) =>
    advance(0.8 + 0.1 * fraction, 'Resampling'),
  )
  await advance(0.9, 'Writing the registered CT')
  await writeVolume(files.volume, { grid, voxels: inStoredType(resampled.voxels, summary.storedType) })
  await writeTransformFile(files.transform, volumeFromReference)
  await writeTransformFile(files.inverseTransform, invertAffine(volumeFromReference))
  if (files.labels !== null && labels !== null) {
    await advance(0.95, 'Writing the registered labels')
    await writeVolume(
      files.labels,
      resampleRegisteredLabels(labels.map, volume.grid, grid, volumeFromReference),
    )
  }
  const warnings = alignmentWarnings(alignment)
  return {
    volumeFromReference,
    ...motionFacts(volumeFromReference, gridCentreMm(reference.grid)),
    before: alignment.before,
    after: alignment.after,
    dice: diceBeforeAndAfter(referenceLabels, labels, volumeFromReference),
    starts: alignment.starts,
    agreeingStarts: alignment.agreeingStarts,
    spreadMm: alignment.spreadMm,
    outsideValue,
    converged: warnings.length === 0,
    warnings: [
      ...warnings,
      ...[labels, referenceLabels].flatMap(
        (placed) => placed?.map.issues.map(({ message }) => message) ?? [],
      ),
    ],
  }
}

async function placedLabels(
  path: string | undefined,
  grid: PlacedLabels['grid'],
  signal: AbortSignal,
): Promise<PlacedLabels | null> {
  if (path === undefined) return null
  return { map: await loadLabels({ path, structures: [] }, grid, signal), grid }
}

function motionFacts(
  volumeFromReference: CoregisterReport['volumeFromReference'],
  centre: CoregisterReport['stretches'],
): Pick<CoregisterReport, 'rotationDeg' | 'translationMm' | 'stretches'> {
  const linear = linearPart(volumeFromReference)
  return {
    rotationDeg: toDegrees(rotationAngleRad(nearestRotation(linear))),
    translationMm: distance(transformPoint(volumeFromReference, centre), centre),
    stretches: singularValues3(linear).singularValues,
  }
}

function diceBeforeAndAfter(
  reference: PlacedLabels | null,
  labels: PlacedLabels | null,
  volumeFromReference: CoregisterReport['volumeFromReference'],
): CoregisterReport['dice'] {
  if (reference === null || labels === null) return []
  const before = diceOfLabels(reference, labels, identity4)
  const after = diceOfLabels(reference, labels, volumeFromReference)
  return [...after].map(([label, value]) => ({ label, before: before.get(label) ?? 0, after: value }))
}
