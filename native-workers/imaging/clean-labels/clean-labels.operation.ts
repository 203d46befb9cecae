import { basename, resolve } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { throwIfCancelled, UserError } from '../../contract/errors.js'
import {
  type CleanLabelsInput,
  type CleanLabelsOutput,
  type CleanLabelsReport,
  cleanLabelsReportSchema,
} from '../../contract/operations/clean-labels.js'
import { type Operation, type OperationContext } from '../../contract/progress.js'
import { toLabels } from '../labels.js'
import { labelNumbers, presentLabels } from '../present-labels.js'
import { runRecorded } from '../provenance/run-recorded.js'
import { inStoredType } from '../stored-type.js'
import { type Volume, type VoxelArray } from '../volume.js'
import { loadVolume } from '../volume-cache.js'
import { zerosLike } from '../voxel-values.js'
import { volumeEnding, writeVolume } from '../write-volume.js'
import { chooseComponents } from './choose-components.js'
import { type Components, connectedComponents } from './connected-components.js'
import { cleanedLabels, cleaningWarnings } from './report.js'

/**
 * Keeps of every label its largest connected components, or those above a volume (specification §6, step 1). Geometry and
 * voxel type stay; the record lies beside the output. Errors: `labels-invalid` (no label map, an empty one, or none of
 * the labels asked for), `output-exists`, `output-unwritable`, `cancelled`, and those of `readVolume`.
 */
export const cleanLabels: Operation<CleanLabelsInput, CleanLabelsOutput> = async (input, context) => {
  const { labelsPath, outputPath, labels, connectivity, keep, others, force } = input
  volumeEnding(outputPath)
  if (resolve(labelsPath) === resolve(outputPath)) {
    throw new UserError(
      'input-invalid',
      `The cleaned labels would replace their own source, "${basename(labelsPath)}".`,
      'Choose another output.',
    )
  }
  const { report, isUpToDate } = await runRecorded(
    {
      operation: 'clean-labels',
      settings: { labels: [...new Set(labels)].sort((a, b) => a - b), connectivity, keep, others },
      inputs: [{ role: 'labels', path: labelsPath }],
      recordPath: `${outputPath}.provenance.json`,
      force,
    },
    cleanLabelsReportSchema,
    async (stage) => clean(input, await stage(outputPath), context),
    context.signal,
  )
  return { ...report, path: outputPath, isUpToDate }
}

async function clean(
  input: CleanLabelsInput,
  outputPath: string,
  { signal, onProgress }: OperationContext,
): Promise<CleanLabelsReport> {
  const begin = async (fraction: number, message: string) => {
    onProgress({ phase: 'clean-labels', fraction, message, elapsedMs: 0, remainingMs: null })
    await setImmediate()
    throwIfCancelled(signal)
  }
  const name = basename(input.labelsPath)
  await begin(0, `Reading ${name}`)
  const { volume, summary } = await loadVolume({ path: input.labelsPath, acceptGeometry: false }, signal)
  await begin(0.5, 'Finding connected components')
  const voxels = toLabels(volume.voxels, name)
  const isPresent = presentLabels(voxels)
  const asked = labelsToClean(input.labels, isPresent, name)
  const isAsked = new Uint8Array(isPresent.length)
  for (const label of asked.present) isAsked[label] = 1
  const components = connectedComponents(voxels, volume.grid.size, isAsked, input.connectivity)
  const [di, dj, dk] = volume.grid.spacingMm
  const isKept = chooseComponents(components, input.keep, di * dj * dk)
  await begin(0.6, `Writing ${basename(input.outputPath)}`)
  const cleaned = cleanedVoxels(volume, components, isKept, input.others)
  await writeVolume(outputPath, { grid: volume.grid, voxels: inStoredType(cleaned, summary.storedType) })
  const others = labelNumbers(isPresent).filter((label) => isAsked[label] === 0)
  const rows = cleanedLabels(components, isKept, di * dj * dk)
  return {
    labels: rows,
    absent: asked.absent,
    others,
    warnings: [
      ...summary.issues.filter(({ severity }) => severity !== 'note').map(({ message }) => message),
      ...cleaningWarnings(rows, asked.absent, name),
    ],
  }
}

function labelsToClean(
  asked: readonly number[],
  isPresent: Uint8Array,
  name: string,
): { present: number[]; absent: number[] } {
  const all = labelNumbers(isPresent)
  if (all.length === 0) {
    throw new UserError(
      'labels-invalid',
      `"${name}" holds no labels above 0.`,
      'Choose another segmentation.',
    )
  }
  const unique = [...new Set(asked)].sort((a, b) => a - b)
  const present = unique.length === 0 ? all : unique.filter((label) => isPresent[label] === 1)
  if (present.length === 0) {
    throw new UserError(
      'labels-invalid',
      `"${name}" holds none of the labels asked for (${unique.join(', ')}).`,
      `It holds the labels ${all.join(', ')}.`,
    )
  }
  return { present, absent: unique.filter((label) => isPresent[label] === 0) }
}

/** The kept components on 0, or the whole map without the components that go. */
function cleanedVoxels(
  { voxels }: Volume,
  { runs, componentOfRun }: Components,
  isKept: Uint8Array,
  others: CleanLabelsInput['others'],
): VoxelArray {
  const dropsOthers = others === 'drop'
  const output = dropsOthers ? zerosLike(voxels, voxels.length) : voxels.slice()
  for (let run = 0; run < runs.count; run++) {
    const stays = isKept[componentOfRun[run]] === 1
    if (stays !== dropsOthers) continue
    const from = runs.start[run]
    output.fill(stays ? runs.label[run] : 0, from, from + runs.length[run])
  }
  return output
}
