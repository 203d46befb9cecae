import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TrainOutput } from '../contract/operations/train.js'
import { type OperationContext } from '../contract/progress.js'
import {
  trainingConfigurationSchema,
  type TrainingConfiguration,
} from '../contract/training/configuration.js'
import { type TrainingMeasurement } from '../contract/training/measurement.js'
import { temporaryFolder } from '../imaging/testing/temporary-folder.js'
import { writeVolume } from '../imaging/write-volume.js'
import { readTraining } from './read-training.operation.js'
import { phantomHu, phantomSettings } from './testing/phantom-subject.js'
import { restartTraining, train } from './train.operation.js'

const folder = temporaryFolder({ beforeAll, afterAll })
beforeAll(() => writeVolume(folder.file('phantom.nii.gz'), phantomHu()))

function configuration(changes: object = {}): TrainingConfiguration {
  const { detector, sampling, network, seed } = phantomSettings
  return trainingConfigurationSchema.parse({
    subjects: [{ name: 'phantom', volume: { path: folder.file('phantom.nii.gz') } }],
    detector,
    sampling,
    network,
    seed,
    optimisation: {
      learningRate: 1e-3,
      weights: { ncc: 0, dice: 0, haus: 0 },
      totalIterations: 12,
      warmupIterations: 2,
      saveEvery: 5,
      ...changes,
    },
    validation: { count: 6, every: 6 },
  })
}

interface Watched {
  readonly measurements: TrainingMeasurement[]
  readonly pictures: string[]
  readonly output: TrainOutput | null
}

/** Runs one of the operations; `stopAfter` asks for the end after an iteration. */
async function watched(
  run: (context: OperationContext) => Promise<TrainOutput>,
  stopAfter = Infinity,
): Promise<Watched> {
  const controller = new AbortController()
  const measurements: TrainingMeasurement[] = []
  const pictures: string[] = []
  const context: OperationContext = {
    signal: controller.signal,
    onProgress: ({ message }) => {
      if (message.startsWith(`iteration ${stopAfter} `)) controller.abort()
    },
    onEvent: (event) => {
      if (event.kind === 'picture') pictures.push(event.picture.name)
    },
  }
  const output = await run(context).catch((error: unknown) => {
    if (!controller.signal.aborted) throw error
    expect(error).toMatchObject({ code: 'cancelled' })
    return null
  })
  return { measurements, pictures, output }
}

const machine = { device: 'cpu', trainer: 'onnx', threads: 1 } as const

async function trained(name: string, changes: object = {}, stopAfter?: number): Promise<Watched> {
  const input = { configuration: configuration(changes), folder: folder.file(name), ...machine }
  return watched((context) => train(input, context), stopAfter)
}

/** Iteration and loss of every step in a folder's log. */
async function losses(name: string): Promise<(readonly [number, number | null])[]> {
  const { measurements } = await readTraining({ path: folder.file(name) }, quiet)
  return measurements.flatMap((measurement) =>
    measurement.kind === 'step' ? [[measurement.iteration, measurement.loss] as const] : [],
  )
}
const quiet: OperationContext = {
  signal: new AbortController().signal,
  onProgress: () => undefined,
  onEvent: () => undefined,
}

describe('a training', () => {
  it('runs to its last iteration and leaves checkpoints, a log and curves', async () => {
    const { output, pictures } = await trained('whole')
    expect(output).toMatchObject({ iteration: 12, skipped: 0, device: 'onnxruntime, CPU, 1 thread' })
    expect(pictures).toContain('training-grid')
    const { checkpoint, measurements, isFinished } = await readTraining({ path: folder.file('whole') }, quiet)
    expect(isFinished).toBe(true)
    expect(checkpoint).toMatchObject({ iteration: 12, subjects: [{ name: 'phantom' }] })
    const validations = measurements.filter(({ kind }) => kind === 'validation')
    expect(validations.map(({ iteration }) => iteration)).toEqual([0, 6, 12])
    const names = await readdir(folder.file('whole'))
    expect(names).toContain('best.json')
    expect(names.some((name) => name.startsWith('events.out.tfevents.'))).toBe(true)
  })

  it('was stopped, and continues bit by bit', async () => {
    const stopped = await trained('stopped', {}, 7)
    expect(stopped.output).toBeNull()
    expect(await losses('stopped')).toHaveLength(7)
    const resumed = await watched((context) =>
      restartTraining({ checkpoint: folder.file('stopped'), ...machine }, context),
    )
    expect(resumed.output?.iteration).toBe(12)
    expect(await losses('stopped')).toEqual(await losses('whole'))
  })

  it('begins with the network of a checkpoint', async () => {
    const input = {
      configuration: configuration(),
      checkpoint: folder.file('whole'),
      folder: folder.file('finetuned'),
      ...machine,
    }
    await watched((context) => train(input, context), 1)
    const [[, first]] = await losses('finetuned')
    const [[, untrained]] = await losses('whole')
    expect(first).not.toBe(untrained)
    const other = { ...input, folder: folder.file('other') }
    const network = { ...input.configuration.network, parameterization: 'rotation_6d' as const }
    await expect(
      train({ ...other, configuration: { ...input.configuration, network } }, quiet),
    ).rejects.toMatchObject({ code: 'input-invalid' })
  })

  it('does not mix with another training, nor go on after its end', async () => {
    await expect(trained('whole')).rejects.toMatchObject({ code: 'output-exists' })
    await mkdir(folder.file('foreign'))
    await writeFile(folder.file('foreign/0001.json'), '{}')
    await expect(trained('foreign')).rejects.toMatchObject({ code: 'output-exists' })
    await expect(
      restartTraining({ checkpoint: folder.file('whole'), ...machine }, quiet),
    ).rejects.toMatchObject({ code: 'input-invalid' })
  })
})
