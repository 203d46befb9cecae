import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { throwIfCancelled, UserError } from '../../contract/errors.js'
import {
  type LabelRuns,
  type SaveLabelsInput,
  type SaveLabelsOutput,
  saveLabelsReportSchema,
} from '../../contract/operations/save-labels.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { type Operation } from '../../contract/progress.js'
import { outputError } from '../atomic-write.js'
import { type LabelVoxels } from '../labels.js'
import { runRecorded } from '../provenance/run-recorded.js'
import { volumeEnding, writeVolume } from '../write-volume.js'

/** `map.json` of `map.nii.gz`, where opening a map looks for names. */
const namesPathOf = (outputPath: string): string =>
  `${outputPath.slice(0, -volumeEnding(outputPath).length)}.json`

/**
 * Writes an edited label map with its names beside it, in the smallest type that holds it; the record lies beside the
 * map. Errors: `labels-invalid` (runs that leave the grid or hold nothing), `output-exists`, `output-unwritable`,
 * `cancelled`, and those of reading the map that was edited.
 */
export const saveLabels: Operation<SaveLabelsInput, SaveLabelsOutput> = async (input, context) => {
  const { outputPath, grid, runs, names, sourcePath, force } = input
  const { signal, onProgress } = context
  const namesPath = names.length === 0 ? null : namesPathOf(outputPath)
  onProgress({ phase: 'labels', fraction: null, message: 'Saving labels', elapsedMs: 0, remainingMs: null })
  const voxels = voxelsOf(runs, grid)
  await setImmediate()
  throwIfCancelled(signal)
  const bytes = new Uint8Array(voxels.buffer, voxels.byteOffset, voxels.byteLength)
  await mkdir(dirname(outputPath), { recursive: true }).catch((error: unknown) => {
    throw outputError(error, dirname(outputPath))
  })
  // A map that is saved again under its own name is no longer what it was made from.
  const isOwnSource = sourcePath === undefined || resolve(sourcePath) === resolve(outputPath)
  const { report, isUpToDate } = await runRecorded(
    {
      operation: 'save-labels',
      settings: { voxelsSha256: createHash('sha256').update(bytes).digest('hex'), grid, names },
      inputs: isOwnSource ? [] : [{ role: 'labels', path: sourcePath }],
      recordPath: `${outputPath}.provenance.json`,
      force,
    },
    saveLabelsReportSchema,
    async (stage) => {
      await writeVolume(await stage(outputPath), { grid, voxels })
      if (namesPath !== null) await writeFile(await stage(namesPath), `${JSON.stringify(names, null, 2)}\n`)
      return summarized(runs)
    },
    signal,
  )
  return { ...report, path: outputPath, namesPath, isUpToDate }
}

function voxelsOf({ starts, lengths, labels }: LabelRuns, { size }: VolumeGrid): LabelVoxels {
  const count = size[0] * size[1] * size[2]
  const largest = labels.reduce((most, label) => Math.max(most, label), 0)
  if (largest === 0) throw new UserError('labels-invalid', 'The label map is empty.', 'Paint a label first.')
  const voxels = largest > 255 ? new Uint16Array(count) : new Uint8Array(count)
  for (let run = 0; run < starts.length; run++) {
    const end = starts[run] + lengths[run]
    if (end > count) throw new UserError('labels-invalid', 'The labels reach beyond their grid.')
    voxels.fill(labels[run], starts[run], end)
  }
  return voxels
}

function summarized({ labels, lengths }: LabelRuns): { labels: number[]; voxelCount: number } {
  return {
    labels: [...new Set(labels)].filter((label) => label > 0).sort((a, b) => a - b),
    voxelCount: lengths.reduce((sum, length, run) => (labels[run] > 0 ? sum + length : sum), 0),
  }
}
