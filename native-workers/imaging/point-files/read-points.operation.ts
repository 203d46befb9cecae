import { throwIfCancelled } from '../../contract/errors.js'
import { type ReadPointsInput, type ReadPointsOutput } from '../../contract/operations/points.js'
import { type Operation } from '../../contract/progress.js'
import { readImagePointsFile, readPointsFile } from './read-points.js'

/** Reads one half of point pairs from any of the four kinds of files. Errors: those of `readPointsFile`; `cancelled`. */
export const readPoints: Operation<ReadPointsInput, ReadPointsOutput> = async (
  { path, half },
  { signal },
) => {
  throwIfCancelled(signal)
  if (half === 'volume') {
    const { file, notes } = await readPointsFile(path)
    return { content: { half, file }, notes: [...notes] }
  }
  const { file, notes } = await readImagePointsFile(path)
  return { content: { half, file }, notes: [...notes] }
}
