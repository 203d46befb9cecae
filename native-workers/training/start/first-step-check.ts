import { type NamedArray, type Trainer, type TrainerState, type TrainingBatch } from '../trainer.js'

/** A batch of made-up pictures, the same every time: enough to see whether two devices compute the same. */
export function probeBatch(count: number, height: number, numbers: number): TrainingBatch {
  const wave = (length: number, pitch: number) =>
    Float32Array.from({ length }, (_, n) => Math.sin(pitch * n) + 0.5 * Math.sin(0.37 * pitch * n))
  return {
    count,
    xrays: wave(count * height * height, 0.11),
    targets: wave(count * numbers, 1.3),
    sampleWeights: new Float32Array(count).fill(1 / count),
    outputGradients: new Float32Array(count * numbers),
  }
}

const probeLearningRate = 1e-3

/** How a device's first step compares with the CPU's; both trainers end as they began. */
export async function firstStepDifference(
  device: Trainer,
  cpu: Trainer,
  state: TrainerState,
  batch: TrainingBatch,
): Promise<{ readonly difference: number; readonly deviceMs: number; readonly cpuMs: number }> {
  const [onDevice, onCpu] = [await tried(device, state, batch), await tried(cpu, state, batch)]
  const difference = Math.max(
    relative(onDevice.poseLoss, onCpu.poseLoss),
    relative(onDevice.gradientNorm, onCpu.gradientNorm),
    largestMove(onDevice.parameters, onCpu.parameters),
  )
  return { difference, deviceMs: onDevice.stepMs, cpuMs: onCpu.stepMs }
}

async function tried(trainer: Trainer, state: TrainerState, batch: TrainingBatch) {
  const { poseLoss, gradientNorm } = await trainer.step(batch, probeLearningRate)
  const { parameters } = await trainer.state()
  // The first step pays for compiling and for fresh memory.
  await trainer.step(batch, probeLearningRate)
  const startedMs = performance.now()
  await trainer.step(batch, probeLearningRate)
  const stepMs = performance.now() - startedMs
  await trainer.restore(state)
  return { poseLoss, gradientNorm, parameters, stepMs }
}

const relative = (a: number, b: number): number => Math.abs(a - b) / Math.max(Math.abs(b), 1e-12)

/** Root mean square of the differences, as a share of the step that Adam takes first. */
function largestMove(a: readonly NamedArray[], b: readonly NamedArray[]): number {
  let [sum, count] = [0, 0]
  for (const [index, { values }] of a.entries()) {
    const others = b[index].values
    for (let n = 0; n < values.length; n++) sum += (values[n] - others[n]) ** 2
    count += values.length
  }
  // Adam's first step is the learning rate or nothing, so that tiny gradients of either sign may part company.
  return (0.05 * Math.sqrt(sum / count)) / probeLearningRate
}
