import { adamStepInputs } from '../graph/adam.js'
import { type Graph } from '../graph/graph-builder.js'
import { nextName, stateNames, type TrainableNetwork } from '../graph/training-graph.js'
import { type OnnxTrainerOptions } from '../onnx-trainer/onnx-trainer.js'
import {
  type NamedArray,
  type StepResult,
  type Trainer,
  type TrainerState,
  type TrainingBatch,
} from '../trainer.js'
import { lossGraph, updateGraph } from './graphs.js'
import { loadTensorflow } from './load-tensorflow.js'
import { runGraph } from './run-graph.js'
import { type Tensorflow, type TfTensor } from './tensorflow-module.js'

export type TensorflowTrainerOptions = Omit<OnnxTrainerOptions, 'provider' | 'threads'>

type Kind = 'parameter' | 'firstMoment' | 'secondMoment'
const kinds: readonly Kind[] = ['parameter', 'firstMoment', 'secondMoment']

/**
 * The second trainer: the same graphs as onnxruntime's, run by TensorFlow.js and differentiated by it. Errors:
 * `runtime-missing` where TensorFlow is not installed or does not work.
 */
export async function openTensorflowTrainer(
  network: TrainableNetwork,
  state: TrainerState,
  options: TensorflowTrainerOptions,
  load: () => Promise<Tensorflow> = loadTensorflow,
): Promise<Trainer> {
  const trainer = new TensorflowTrainer(await load(), network, options)
  await trainer.restore(state)
  return trainer
}

class TensorflowTrainer implements Trainer {
  readonly #lossGraphs = new Map<number, Graph>()
  readonly #update: Graph
  /** Parameters and moments by their names in the graphs. */
  #state = new Map<string, TfTensor>()
  #gathered: TfTensor[] | null = null
  #updates = 0

  constructor(
    private readonly tf: Tensorflow,
    private readonly network: TrainableNetwork,
    private readonly options: TensorflowTrainerOptions,
  ) {
    this.#update = updateGraph(network, options)
  }

  get device(): string {
    return `TensorFlow, ${this.tf.getBackend()}`
  }

  async predict(xrays: Float32Array, count: number): Promise<Float32Array> {
    const { millimetresPerNumber, microBatch, height } = this.options
    const numbers = millimetresPerNumber.length
    const outputs = new Float32Array(count * numbers)
    for (let start = 0; start < count; start += microBatch) {
      const part = Math.min(microBatch, count - start)
      const given = this.tf.tidy(() => {
        const samples = this.#samples(part, {
          xrays: xrays.subarray(start * height ** 2, (start + part) * height ** 2),
          targets: new Float32Array(part * numbers),
          sampleWeights: new Float32Array(part),
        })
        return found(this.#run(part, samples, this.#parameters()), 'outputs')
      })
      outputs.set(await given.data(), start * numbers)
      given.dispose()
    }
    return outputs
  }

  async step(batch: TrainingBatch, learningRate: number | null): Promise<StepResult> {
    let poseLoss = 0
    for (let start = 0; start < batch.count; start += this.options.microBatch) {
      const loss = this.#gather(batch, start, Math.min(this.options.microBatch, batch.count - start))
      poseLoss += (await loss.data())[0]
      loss.dispose()
    }
    if (!Number.isFinite(poseLoss)) {
      this.#forgetGathered()
      return { poseLoss, isFinite: false, gradientNorm: NaN }
    }
    if (learningRate === null) return { poseLoss, isFinite: true, gradientNorm: 0 }
    const gradientNorm = await this.#advance(learningRate)
    return { poseLoss, isFinite: Number.isFinite(gradientNorm), gradientNorm }
  }

  async state(): Promise<TrainerState> {
    const arrays = async (kind: Kind): Promise<NamedArray[]> => {
      const all: NamedArray[] = []
      for (const { name, shape } of this.network.parameters) {
        const data = await found(this.#state, stateNames(name)[kind]).data()
        all.push({ name, shape, values: Float32Array.from(data) })
      }
      return all
    }
    return {
      parameters: await arrays('parameter'),
      firstMoments: await arrays('firstMoment'),
      secondMoments: await arrays('secondMoment'),
      updates: this.#updates,
    }
  }

  restore({ parameters, firstMoments, secondMoments, updates }: TrainerState): Promise<void> {
    this.#forget()
    for (const [index, { name, shape, values }] of parameters.entries()) {
      const names = stateNames(name)
      this.#state.set(names.parameter, this.tf.tensor(values.slice(), shape))
      this.#state.set(names.firstMoment, this.tf.tensor(firstMoments[index].values.slice(), shape))
      this.#state.set(names.secondMoment, this.tf.tensor(secondMoments[index].values.slice(), shape))
    }
    this.#updates = updates
    return Promise.resolve()
  }

  dispose(): Promise<void> {
    this.#forget()
    return Promise.resolve()
  }

  #parameters(): TfTensor[] {
    return this.network.parameters.map(({ name }) => found(this.#state, name))
  }

  /** The network's outputs and its pose loss. */
  #run(
    count: number,
    samples: ReadonlyMap<string, TfTensor>,
    parameters: readonly TfTensor[],
  ): Map<string, TfTensor> {
    const { height, millimetresPerNumber } = this.options
    let graph = this.#lossGraphs.get(count)
    if (graph === undefined) {
      graph = lossGraph(this.network, count, height, millimetresPerNumber)
      this.#lossGraphs.set(count, graph)
    }
    const named = this.network.parameters.map(({ name }, n) => [name, parameters[n]] as const)
    return runGraph(this.tf, graph, new Map([...samples, ...named]))
  }

  #samples(
    count: number,
    { xrays, targets, sampleWeights }: Pick<TrainingBatch, 'xrays' | 'targets' | 'sampleWeights'>,
  ): Map<string, TfTensor> {
    const { height, millimetresPerNumber } = this.options
    return new Map([
      ['xrays', this.tf.tensor(xrays, [count, 1, height, height])],
      ['targets', this.tf.tensor(targets, [count, millimetresPerNumber.length])],
      ['sample_weights', this.tf.tensor(sampleWeights, [count, 1])],
    ])
  }

  /** Adds the gradients of some samples to those gathered; gives the samples' pose loss. */
  #gather(batch: TrainingBatch, start: number, count: number): TfTensor {
    const { tf } = this
    const { height, millimetresPerNumber, poseWeight } = this.options
    const numbers = millimetresPerNumber.length
    const part = (values: Float32Array, each: number) => values.subarray(start * each, (start + count) * each)
    const before = this.#gathered
    const { poseLoss, gradients } = tf.tidy(() => {
      const samples = this.#samples(count, {
        xrays: part(batch.xrays, height ** 2),
        targets: part(batch.targets, numbers),
        sampleWeights: part(batch.sampleWeights, 1),
      })
      const outside = tf.tensor(part(batch.outputGradients, numbers), [count, numbers])
      const weight = tf.tensor(Float32Array.of(poseWeight), [1])
      const losses: TfTensor[] = []
      // The products with the gradients that come from outside have these as their own gradients to the outputs.
      const { grads } = tf.valueAndGrads((...parameters) => {
        const results = this.#run(count, samples, parameters)
        const loss = found(results, 'pose_loss')
        losses.push(tf.keep(loss))
        const rest = tf.sum(tf.mul(found(results, 'outputs'), outside), [0, 1], false)
        return tf.add(tf.sum(tf.mul(loss, weight), [0], false), rest)
      })(this.#parameters())
      const sums = before === null ? grads : grads.map((gradient, n) => tf.add(before[n], gradient))
      return { poseLoss: losses[0], gradients: [...sums] }
    })
    this.#forgetGathered()
    this.#gathered = gradients
    return poseLoss
  }

  /** Adam's step; gives the gradients' norm. Where that is not finite, nothing is changed. */
  async #advance(learningRate: number): Promise<number> {
    const { tf } = this
    const gathered = this.#gathered ?? []
    const next = tf.tidy(() => {
      const update = adamStepInputs(this.#updates + 1, learningRate, this.options.weightDecay)
      const scalar = (value: number) => tf.tensor(Float32Array.of(value), [1])
      const inputs = new Map([
        ...this.#state,
        ...this.network.parameters.map(({ name }, n) => [stateNames(name).gathered, gathered[n]] as const),
        ['step_size', scalar(update.stepSize)],
        ['epsilon', scalar(update.epsilon)],
        ['decay', scalar(update.decay)],
      ])
      return Object.fromEntries(runGraph(tf, this.#update, inputs))
    })
    this.#forgetGathered()
    const { squared_gradient_norm: squaredNorm, ...state } = next
    const gradientNorm = Math.sqrt((await squaredNorm.data())[0])
    squaredNorm.dispose()
    if (!Number.isFinite(gradientNorm)) {
      for (const tensor of Object.values(state)) tensor.dispose()
      return gradientNorm
    }
    for (const { name } of this.network.parameters) {
      for (const kind of kinds) {
        const key = stateNames(name)[kind]
        found(this.#state, key).dispose()
        this.#state.set(key, state[nextName(key)])
      }
    }
    this.#updates++
    return gradientNorm
  }

  #forgetGathered(): void {
    for (const tensor of this.#gathered ?? []) tensor.dispose()
    this.#gathered = null
  }

  #forget(): void {
    this.#forgetGathered()
    for (const tensor of this.#state.values()) tensor.dispose()
    this.#state = new Map()
  }
}

function found(tensors: ReadonlyMap<string, TfTensor>, name: string): TfTensor {
  const tensor = tensors.get(name)
  if (tensor === undefined) throw new Error(`"${name}" is absent.`)
  return tensor
}
