import { type TrainInput } from '../../contract/operations/train.js'
import { UserError } from '../../contract/errors.js'
import { type TrainableNetwork } from '../graph/training-graph.js'
import { OnnxTrainer, type OnnxTrainerOptions } from '../onnx-trainer/onnx-trainer.js'
import { type ExecutionProvider } from '../runtime/onnx-runtime.js'
import { type Trainer, type TrainerState } from '../trainer.js'
import { openTensorflowTrainer } from '../tensorflow-trainer/tensorflow-trainer.js'
import { firstStepDifference, probeBatch } from './first-step-check.js'

export interface OpenedTrainer {
  readonly trainer: Trainer
  /** Why it is not a faster one. */
  readonly notes: readonly string[]
}

export interface OpenTrainerOptions extends Omit<OnnxTrainerOptions, 'provider' | 'microBatch'> {
  readonly batchSize: number
}

/** Samples that go through the network at once: on a CPU more gain nothing and cost memory. */
const mostAtOnce: Readonly<Record<ExecutionProvider, number>> = { cpu: 16, cuda: 128, webgpu: 64 }

/** Largest relative difference between a device's first step and the CPU's. */
const acceptedDifference = 0.02

const providerNames: Readonly<Record<ExecutionProvider, string>> = {
  cuda: 'CUDA',
  webgpu: 'WebGPU',
  cpu: 'The CPU',
}

/**
 * TensorFlow's trainer where it is asked for and works; else onnxruntime's on the first device that works: it must take
 * the network, and its first step must agree with the CPU's and take less time. Errors: `runtime-missing` where a device
 * was asked for by name and does not work.
 */
export async function openTrainer(
  network: TrainableNetwork,
  state: TrainerState,
  options: OpenTrainerOptions,
  device: TrainInput['device'],
  kind: TrainInput['trainer'] = 'onnx',
): Promise<OpenedTrainer> {
  const microBatch = (provider: ExecutionProvider) => Math.min(options.batchSize, mostAtOnce[provider])
  const open = (provider: ExecutionProvider) =>
    OnnxTrainer.open(network, state, { ...options, provider, microBatch: microBatch(provider) })
  const notes: string[] = []
  if (kind === 'tensorflow') {
    try {
      return {
        trainer: await openTensorflowTrainer(network, state, {
          ...options,
          microBatch: microBatch('cpu'),
        }),
        notes,
      }
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      notes.push(`${error.message} onnxruntime is used instead.`)
    }
  }
  const candidates: readonly ExecutionProvider[] = device === 'auto' ? ['cuda', 'webgpu'] : [device]
  for (const provider of candidates) {
    if (provider === 'cpu') break
    let trainer: Trainer | null = null
    try {
      trainer = await open(provider)
      const reason = await reasonAgainst(trainer, await open('cpu'), state, options, device === 'auto')
      if (reason === null) return { trainer, notes }
      await trainer.dispose()
      notes.push(`${providerNames[provider]} is not used: ${reason}`)
    } catch (error) {
      await trainer?.dispose()
      notes.push(`${providerNames[provider]} is not used: ${reasonOf(error)}`)
    }
  }
  if (device !== 'auto' && device !== 'cpu') {
    throw new UserError(
      'runtime-missing',
      notes.join(' '),
      'Choose the device "auto" or "cpu"; CUDA needs onnxruntime’s CUDA libraries beside it.',
    )
  }
  return { trainer: await open('cpu'), notes }
}

/** What the runtime says begins with where in its sources it says so; the usual cases in words. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message.split('\n')[0] : String(error)
  if (/adapter/i.test(message)) return 'there is no graphics card that it could use.'
  if (/shared library|provider/i.test(message)) return 'onnxruntime’s libraries for it are not installed.'
  return message
}

async function reasonAgainst(
  trainer: Trainer,
  cpu: Trainer,
  state: TrainerState,
  { height, batchSize, millimetresPerNumber }: OpenTrainerOptions,
  mustBeFaster: boolean,
): Promise<string | null> {
  try {
    const batch = probeBatch(Math.min(batchSize, mostAtOnce.cpu), height, millimetresPerNumber.length)
    const check = await firstStepDifference(trainer, cpu, state, batch)
    if (!(check.difference < acceptedDifference)) {
      return `its first step differs from the CPU’s by ${(100 * check.difference).toFixed(1)} %.`
    }
    if (mustBeFaster && check.deviceMs > check.cpuMs) {
      return `a step takes ${check.deviceMs.toFixed(0)} ms there, and ${check.cpuMs.toFixed(0)} ms on the CPU.`
    }
    return null
  } finally {
    await cpu.dispose()
  }
}
