import { appendFile, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TrainingMeasurement } from '../../contract/training/measurement.js'
import { temporaryFolder } from '../../imaging/testing/temporary-folder.js'
import { smallConfiguration, smallStep } from '../testing/small-training.js'
import { readMeasurements } from './read-log.js'
import { logHeaderSchema, logName, TrainingLog } from './training-log.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const validation: TrainingMeasurement = {
  kind: 'validation',
  iteration: 2,
  count: 64,
  medianMtreMm: 20,
  percentile90MtreMm: 50,
  elapsedMs: 10,
}

async function logged(name: string, measurements: readonly TrainingMeasurement[]): Promise<string> {
  const path = folder.file(name)
  await mkdir(path)
  const log = await TrainingLog.create(path, smallConfiguration())
  for (const measurement of measurements) await log.add(measurement)
  await log.close()
  return path
}

describe('TrainingLog', () => {
  it('starts with the configuration and holds every measurement', async () => {
    const path = await logged('a', [smallStep(1), smallStep(2), validation])
    const [first] = (await readFile(join(path, logName), 'utf8')).split('\n')
    expect(logHeaderSchema.parse(JSON.parse(first)).configuration).toEqual(smallConfiguration())
    expect(await readMeasurements(path, 2000)).toEqual([smallStep(1), smallStep(2), validation])
    await expect(TrainingLog.create(path, smallConfiguration())).rejects.toMatchObject({
      code: 'output-unwritable',
    })
  })

  it('goes on after a checkpoint, without a step twice', async () => {
    const path = await logged('b', [smallStep(1), smallStep(2), validation, smallStep(3), smallStep(4)])
    await appendFile(join(path, logName), '{"kind":"step","itera')
    const log = await TrainingLog.resume(path, smallConfiguration(), 2)
    await log.add(smallStep(3))
    await log.close()
    expect(await readMeasurements(path, 2000)).toEqual([smallStep(1), smallStep(2), validation, smallStep(3)])
  })

  it('starts anew where there is no log', async () => {
    await mkdir(folder.file('c'))
    const log = await TrainingLog.resume(folder.file('c'), smallConfiguration(), 7)
    await log.add(smallStep(8))
    await log.close()
    expect(await readMeasurements(folder.file('c'), 2000)).toEqual([smallStep(8)])
  })
})

describe('readMeasurements', () => {
  it('thins steps evenly, keeps the newest and all else in its place', async () => {
    const steps = Array.from({ length: 50 }, (_, n) => smallStep(n + 1))
    const path = await logged('d', [...steps.slice(0, 2), validation, ...steps.slice(2)])
    const measurements = await readMeasurements(path, 10)
    expect(measurements.map((m) => (m.kind === 'step' ? m.iteration : m.kind))).toEqual([
      1,
      'validation',
      9,
      17,
      25,
      33,
      41,
      49,
      50,
    ])
  })

  it('is empty without a log', async () => {
    expect(await readMeasurements(folder.file('nowhere'), 10)).toEqual([])
  })
})
