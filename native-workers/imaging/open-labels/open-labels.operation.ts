import { createHash } from 'node:crypto'
import { mkdir, stat } from 'node:fs/promises'
import { endianness } from 'node:os'
import { join } from 'node:path'
import { throwIfCancelled } from '../../contract/errors.js'
import { type OpenLabelsInput, type OpenLabelsOutput } from '../../contract/operations/open-labels.js'
import { type Operation } from '../../contract/progress.js'
import { outputError, writeSessionFile } from '../atomic-write.js'
import { inputFingerprint } from '../input-fingerprint.js'
import { loadLabels, type LabelVoxels } from '../labels.js'
import { measureLabels } from './measure-labels.js'
import { findNames } from './names-file.js'

function littleEndianBytes(voxels: LabelVoxels): Uint8Array {
  const bytes = new Uint8Array(voxels.buffer, voxels.byteOffset, voxels.byteLength)
  return voxels instanceof Uint8Array || endianness() === 'LE' ? bytes : Buffer.from(bytes).swap16()
}

/** The file's name follows from the map's state and the grid, so a copy that exists is used again. */
async function writeCopy({ path, grid, cacheFolder }: OpenLabelsInput, voxels: LabelVoxels): Promise<string> {
  const key = `${await inputFingerprint(path)} ${JSON.stringify(grid)}`
  const name = createHash('sha256').update(key).digest('hex').slice(0, 24)
  const file = join(cacheFolder, `labels-${name}.uint${8 * voxels.BYTES_PER_ELEMENT}.raw`)
  const present = await stat(file).catch(() => null)
  if (present?.size === voxels.byteLength) return file
  await mkdir(cacheFolder, { recursive: true }).catch((error: unknown) => {
    throw outputError(error, cacheFolder)
  })
  await writeSessionFile(file, littleEndianBytes(voxels))
  return file
}

/**
 * Opens a label map for display over a CT: a copy on the CT's display grid, nearest neighbour in LPS millimetres, and
 * what the map holds. Errors: those of `loadLabels`, `output-unwritable`, `cancelled`.
 */
export const openLabels: Operation<OpenLabelsInput, OpenLabelsOutput> = async (input, context) => {
  const { signal, onProgress } = context
  const report = (fraction: number, message: string): void =>
    onProgress({ phase: 'labels', fraction, message, elapsedMs: 0, remainingMs: null })
  report(0, 'Reading the label map')
  const { labels, issues } = await loadLabels({ path: input.path, structures: [] }, input.grid, signal)
  throwIfCancelled(signal)
  report(0.7, 'Measuring the labels')
  const measured = measureLabels(labels, input.grid)
  const { names, file: namesFile } = await findNames(input.path)
  throwIfCancelled(signal)
  report(0.9, 'Preparing the display copy')
  return {
    labels: measured.map((entry) => ({ ...entry, name: names.get(entry.label) ?? null })),
    display: { file: await writeCopy(input, labels), bytesPerVoxel: labels instanceof Uint8Array ? 1 : 2 },
    namesFile,
    issues: [...issues],
  }
}
