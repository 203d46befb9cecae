import { throwIfCancelled } from '../../contract/errors.js'
import { adamStepInputs } from '../graph/adam.js'
import { encodeOnnx } from '../graph/encode-onnx.js'
import { copyGraph } from './copy-graph.js'
import {
  nextName,
  predictionGraph,
  stateNames,
  type TrainableNetwork,
  trainingGraph,
  type TrainingGraphOptions,
} from '../graph/training-graph.js'
import {
  type ExecutionProvider,
  floatTensor,
  type FloatTensor,
  openSession,
  type RuntimeSession,
} from '../runtime/onnx-runtime.js'
import { type StepResult, type Trainer, type TrainerState, type TrainingBatch } from '../trainer.js'
import { StateBuffers } from './state-buffers.js'

export interface OnnxTrainerOptions {
  readonly provider: ExecutionProvider
  readonly threads: number
  readonly height: number
  /** Samples that go through the network at once; a larger batch is taken in parts, with the same result. */
  readonly microBatch: number
  readonly millimetresPerNumber: readonly number[]
  /** Weight of the pose loss. */
  readonly poseWeight: number
  readonly clip: number
  readonly weightDecay: number
}

type Accumulation = TrainingGraphOptions['accumulation']

/** Trains a network by one ONNX graph per kind of step, on onnxruntime. */
export class OnnxTrainer implements Trainer {
  readonly #sessions = new Map<Accumulation, RuntimeSession>()
  #copying: RuntimeSession | null = null
  /** Gradients of the present update have been gathered. */
  #isGathering = false

  private constructor(
    private readonly network: TrainableNetwork,
    private readonly options: OnnxTrainerOptions,
    private readonly prediction: RuntimeSession,
    private buffers: StateBuffers,
  ) {}

  /** Errors: those of `openSession`. */
  static async open(
    network: TrainableNetwork,
    state: TrainerState,
    options: OnnxTrainerOptions,
  ): Promise<OnnxTrainer> {
    const { provider, threads, height, microBatch } = options
    const model = encodeOnnx(predictionGraph(network, microBatch, height), {
      name: 'prediction',
      openBatch: ['xrays', 'outputs'],
    })
    const prediction = await openSession(model, { provider, threads })
    const buffers = await StateBuffers.create(state, provider !== 'cpu')
    return new OnnxTrainer(network, options, prediction, buffers)
  }

  get device(): string {
    const { provider, threads } = this.options
    const names = {
      cpu: `CPU, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
      cuda: 'CUDA',
      webgpu: 'WebGPU',
    }
    return `onnxruntime, ${names[provider]}`
  }

  async predict(xrays: Float32Array, count: number, signal?: AbortSignal): Promise<Float32Array> {
    const { height, microBatch, millimetresPerNumber } = this.options
    const outputs = new Float32Array(count * millimetresPerNumber.length)
    const pixels = height * height
    for (let start = 0; start < count; start += microBatch) {
      throwIfCancelled(signal)
      const part = Math.min(microBatch, count - start)
      const picture = await floatTensor(xrays.subarray(start * pixels, (start + part) * pixels), [
        part,
        1,
        height,
        height,
      ])
      const inputs = { ...this.buffers.inputs(this.prediction.inputNames), xrays: picture }
      const { outputs: given } = await this.prediction.run(inputs)
      outputs.set(floats(given), start * millimetresPerNumber.length)
    }
    return outputs
  }

  async step(batch: TrainingBatch, learningRate: number | null, signal?: AbortSignal): Promise<StepResult> {
    const { microBatch } = this.options
    const parts = Math.ceil(batch.count / microBatch)
    let poseLoss = 0
    for (let part = 0; part < parts; part++) {
      if (signal?.aborted === true) await this.#skip(poseLoss)
      throwIfCancelled(signal)
      const isLast = learningRate !== null && part === parts - 1
      const accumulation: Accumulation = isLast ? (this.#isGathering ? 'finish' : 'whole') : 'gather'
      const result = await this.#run(accumulation, batch, part * microBatch, learningRate ?? 0)
      poseLoss += result.poseLoss
      if (!result.isFinite) {
        for (const output of Object.values(result.outputs)) if (output.location !== 'cpu') output.dispose()
        return this.#skip(poseLoss)
      }
      this.buffers.advance(result.outputs)
      this.#isGathering = !isLast
      if (accumulation === 'finish') await this.buffers.clearGathered()
      if (isLast) return { poseLoss, isFinite: true, gradientNorm: result.gradientNorm }
    }
    return { poseLoss, isFinite: true, gradientNorm: 0 }
  }

  async #skip(poseLoss: number): Promise<StepResult> {
    if (this.#isGathering) await this.buffers.clearGathered()
    this.#isGathering = false
    return { poseLoss, isFinite: false, gradientNorm: NaN }
  }

  async state(): Promise<TrainerState> {
    const { provider, threads } = this.options
    if (provider === 'cpu') return this.buffers.state((tensors) => Promise.resolve(tensors))
    // The runtime's own way of reading a device's tensor ends the process; a graph that copies them does not.
    this.#copying ??= await openSession(encodeOnnx(copyGraph(this.network), { name: 'copy' }), {
      provider,
      threads,
    })
    const session = this.#copying
    return this.buffers.state(async (tensors) => {
      const copies = await session.run(tensors)
      return Object.fromEntries(Object.keys(tensors).map((name) => [name, copies[nextName(name)]]))
    })
  }

  async restore(state: TrainerState): Promise<void> {
    const restored = await StateBuffers.create(state, this.options.provider !== 'cpu')
    this.buffers.dispose()
    this.buffers = restored
    this.#isGathering = false
  }

  async dispose(): Promise<void> {
    this.buffers.dispose()
    const copying = this.#copying === null ? [] : [this.#copying]
    for (const session of [this.prediction, ...copying, ...this.#sessions.values()]) await session.dispose()
    this.#sessions.clear()
  }

  async #run(accumulation: Accumulation, batch: TrainingBatch, start: number, learningRate: number) {
    const { weightDecay, poseWeight } = this.options
    const session = await this.#session(accumulation)
    if (accumulation !== 'whole') await this.buffers.addGathered()
    const update = adamStepInputs(this.buffers.updates + 1, learningRate, weightDecay)
    const all: Record<string, FloatTensor> = {
      ...this.buffers.inputs(session.inputNames),
      ...(await this.#samples(batch, start)),
      pose_weight: await scalar(poseWeight),
      step_size: await scalar(update.stepSize),
      epsilon: await scalar(update.epsilon),
      decay: await scalar(update.decay),
    }
    const inputs = Object.fromEntries(session.inputNames.map((name) => [name, all[name]]))
    const outputs = await session.run(inputs, this.buffers.destinations())
    const poseLoss = floats(outputs.pose_loss)[0]
    const squaredNorm = accumulation === 'gather' ? 0 : floats(outputs.squared_gradient_norm)[0]
    return {
      outputs,
      poseLoss,
      gradientNorm: Math.sqrt(squaredNorm),
      isFinite: Number.isFinite(poseLoss) && Number.isFinite(squaredNorm),
    }
  }

  /** One part of the batch; a last one that is short is filled up with samples that count for nothing. */
  async #samples(batch: TrainingBatch, start: number): Promise<Record<string, FloatTensor>> {
    const { height, microBatch, millimetresPerNumber } = this.options
    const numbers = millimetresPerNumber.length
    const part = (values: Float32Array, perSample: number, shape: readonly number[]) => {
      const from = values.subarray(start * perSample, (start + microBatch) * perSample)
      if (from.length === microBatch * perSample) return floatTensor(from, shape)
      const filled = new Float32Array(microBatch * perSample)
      filled.set(from)
      return floatTensor(filled, shape)
    }
    return {
      xrays: await part(batch.xrays, height * height, [microBatch, 1, height, height]),
      targets: await part(batch.targets, numbers, [microBatch, numbers]),
      output_gradients: await part(batch.outputGradients, numbers, [microBatch, numbers]),
      sample_weights: await part(batch.sampleWeights, 1, [microBatch, 1]),
    }
  }

  async #session(accumulation: Accumulation): Promise<RuntimeSession> {
    const known = this.#sessions.get(accumulation)
    if (known !== undefined) return known
    const { provider, threads, microBatch } = this.options
    const graph = trainingGraph(this.network, { ...this.options, batch: microBatch, accumulation })
    const stateOutputs = this.network.parameters.flatMap(({ name }) =>
      Object.values(stateNames(name)).map(nextName),
    )
    const session = await openSession(encodeOnnx(graph, { name: 'training' }), {
      provider,
      threads,
      keptOnDevice: graph.outputs.map(({ name }) => name).filter((name) => stateOutputs.includes(name)),
    })
    this.#sessions.set(accumulation, session)
    return session
  }
}

const scalar = (value: number): Promise<FloatTensor> => floatTensor(Float32Array.of(value), [1])

function floats(tensor: FloatTensor): Float32Array {
  const { data } = tensor
  if (!(data instanceof Float32Array)) throw new Error('The network gave something else than floats.')
  return data
}
