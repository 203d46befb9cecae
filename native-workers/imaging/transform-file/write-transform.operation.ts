import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Matrix4 } from '../../contract/matrix.js'
import {
  type WriteTransformInput,
  type WriteTransformOutput,
  writeTransformReportSchema,
} from '../../contract/operations/transform.js'
import { type Operation } from '../../contract/progress.js'
import { identity4, multiply4 } from '../../geometry/matrix.js'
import { motionOf } from '../../geometry/warp/motion.js'
import { outputError } from '../atomic-write.js'
import { runRecorded } from '../provenance/run-recorded.js'
import { loadTransform, recordedTransform, transformInputs } from './load-transform.js'
import { assertTransformEnding, writeTransformFile } from './write-transform.js'

/**
 * Writes a transform, or several in one: the volume is moved by the first, then by the second. A point comes back the
 * other way round, so that originalFromMoved is the first's times the second's. Errors: `format-unsupported` (the
 * ending), `geometry-invalid` (singular), `output-exists`, `output-unwritable`, those of `readTransformFile`.
 */
export const writeTransform: Operation<WriteTransformInput, WriteTransformOutput> = async (
  { members, outputPath, force },
  { signal },
) => {
  assertTransformEnding(outputPath)
  await mkdir(dirname(outputPath), { recursive: true }).catch((error: unknown) => {
    throw outputError(error, dirname(outputPath))
  })
  const { report, isUpToDate } = await runRecorded(
    {
      operation: 'write-transform',
      settings: { members: members.map(recordedTransform) },
      inputs: transformInputs(members),
      recordPath: `${outputPath}.provenance.json`,
      force,
    },
    writeTransformReportSchema,
    async (stage) => {
      const staged = await stage(outputPath)
      let originalFromMoved: Matrix4 = identity4
      for (const member of members) {
        originalFromMoved = multiply4(originalFromMoved, await loadTransform(member))
      }
      const motion = motionOf(originalFromMoved)
      await writeTransformFile(staged, originalFromMoved)
      return { originalFromMoved, motion }
    },
    signal,
  )
  return { ...report, path: outputPath, isUpToDate }
}
