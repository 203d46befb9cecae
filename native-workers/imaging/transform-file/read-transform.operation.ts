import { type ReadTransformInput, type ReadTransformOutput } from '../../contract/operations/transform.js'
import { throwIfCancelled } from '../../contract/errors.js'
import { type Operation } from '../../contract/progress.js'
import { motionOf } from '../../geometry/warp/motion.js'
import { readTransformFile } from './read-transform.js'

/** Reads a transform file. Errors: those of `readTransformFile`, `geometry-invalid` (singular). */
export const readTransform: Operation<ReadTransformInput, ReadTransformOutput> = async (
  { path },
  { signal },
) => {
  throwIfCancelled(signal)
  const { matrix, typeName } = await readTransformFile(path)
  return { originalFromMoved: matrix, typeName, motion: motionOf(matrix) }
}
