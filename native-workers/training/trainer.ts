/** Parameters of a network by name, in the network's order; row-major, shapes as PyTorch's. */
export interface NamedArray {
  readonly name: string
  readonly shape: readonly number[]
  readonly values: Float32Array
}

/** All that a training's next step depends on, beside its data. */
export interface TrainerState {
  readonly parameters: readonly NamedArray[]
  /** Adam's moments without their factors (`graph/adam.ts`), in the order and shapes of the parameters. */
  readonly firstMoments: readonly NamedArray[]
  readonly secondMoments: readonly NamedArray[]
  /** Updates done; Adam's bias correction counts them. */
  readonly updates: number
}

/** What one batch teaches. `count` samples, each of height x width pixels. */
export interface TrainingBatch {
  readonly count: number
  /** [count, 1, height, width], as the network takes them. */
  readonly xrays: Float32Array
  /** [count, rotation components + 3]: the numbers of the true poses, translations in the network's unit. */
  readonly targets: Float32Array
  /** [count]: 0 for samples that do not count; the others share 1. */
  readonly sampleWeights: Float32Array
  /** [count, rotation components + 3]: gradient of further losses to the outputs, already weighted. */
  readonly outputGradients: Float32Array
}

export interface StepResult {
  /** The pose loss within the graph, before its weight. */
  readonly poseLoss: number
  /** False where a number was not finite; the update was left out then, and what was gathered for it dropped. */
  readonly isFinite: boolean
  /** Of the whole update before clipping; 0 where gradients were only gathered. */
  readonly gradientNorm: number
}

/** A network and its optimiser on some device. */
export interface Trainer {
  /** e.g. "onnxruntime, CPU, 2 threads". */
  readonly device: string
  /** Outputs [count, rotation components + 3] of the present weights. */
  predict(xrays: Float32Array, count: number, signal?: AbortSignal): Promise<Float32Array>
  /**
   * One backward pass, and the update with all gradients since the one before; without a learning rate the gradients
   * are only gathered. Once the signal is aborted both throw `cancelled` between parts of a batch; the update that was
   * under way is dropped.
   */
  step(batch: TrainingBatch, learningRate: number | null, signal?: AbortSignal): Promise<StepResult>
  state(): Promise<TrainerState>
  restore(state: TrainerState): Promise<void>
  dispose(): Promise<void>
}
