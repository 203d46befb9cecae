import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../imaging/testing/temporary-folder.js'
import { writeCheckpoint } from './checkpoints/write-checkpoint.js'
import { TrainingLog } from './log/training-log.js'
import { readTraining } from './read-training.operation.js'
import { smallConfiguration, smallContent, smallStep } from './testing/small-training.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const context = {
  signal: new AbortController().signal,
  onProgress: () => undefined,
  onEvent: () => undefined,
}

describe('readTraining', () => {
  it('tells of a folder its newest checkpoint and its log', async () => {
    const path = folder.file('training')
    await mkdir(path)
    await writeCheckpoint(path, smallContent(50, 12), true)
    const log = await TrainingLog.create(path, smallConfiguration())
    await log.add(smallStep(50))
    await log.close()
    const output = await readTraining({ path }, context)
    expect(output).toMatchObject({
      folder: path,
      checkpointPath: join(path, '0001.json'),
      checkpoint: { iteration: 50 },
      measurements: [smallStep(50)],
      isFinished: false,
    })
    await writeCheckpoint(path, smallContent(100, 10), true)
    expect((await readTraining({ path: join(path, 'best.json') }, context)).isFinished).toBe(true)
  })
})
