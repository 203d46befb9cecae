import { type InferenceSession, type Tensor } from 'onnxruntime-node'
import { UserError } from '../../contract/errors.js'

/*
 * The one place that knows onnxruntime-node. It is loaded when first needed: its native library takes memory that a
 * registration has better use for.
 */

export type ExecutionProvider = 'cpu' | 'cuda' | 'webgpu'

export interface SessionOptions {
  readonly provider: ExecutionProvider
  readonly threads: number
  /** Outputs that stay on the device; with `cpu` nothing changes. */
  readonly keptOnDevice?: readonly string[]
}

export type FloatTensor = Tensor

export interface RuntimeSession {
  readonly inputNames: readonly string[]
  readonly outputNames: readonly string[]
  /** @param into tensors to write outputs to, by name; others are allocated */
  run(
    inputs: Readonly<Record<string, Tensor>>,
    into?: Readonly<Record<string, Tensor>>,
  ): Promise<Readonly<Record<string, Tensor>>>
  dispose(): Promise<void>
}

async function runtime() {
  try {
    const { default: module } = await import('onnxruntime-node')
    return module
  } catch (error) {
    const detail = error instanceof Error ? error.message.split('\n')[0] : String(error)
    throw new UserError(
      'runtime-missing',
      `The runtime for neural networks could not be loaded: ${detail}`,
      'Install Isocenter again; it needs onnxruntime-node for this platform.',
    )
  }
}

/** A tensor over an array, which is not copied. */
export async function floatTensor(values: Float32Array, shape: readonly number[]): Promise<Tensor> {
  const { Tensor } = await runtime()
  return new Tensor('float32', values, shape)
}

/**
 * Loads a model. Errors: `runtime-missing` where the runtime or the provider is absent; a model that it does not take
 * throws as the runtime says it.
 */
export async function openSession(model: Uint8Array, options: SessionOptions): Promise<RuntimeSession> {
  const { InferenceSession } = await runtime()
  const { provider, threads, keptOnDevice = [] } = options
  const sessionOptions: InferenceSession.SessionOptions = {
    executionProviders: provider === 'cpu' ? ['cpu'] : [provider, 'cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
    graphOptimizationLevel: 'all',
    // One block planned for all values of a step takes a fifth more memory than the arena does, and no less time.
    enableMemPattern: false,
    // Threads that spin while they wait would take the cores from the renderer.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
    ...(provider === 'cpu' || keptOnDevice.length === 0
      ? {}
      : {
          preferredOutputLocation: Object.fromEntries(
            keptOnDevice.map((name) => [name, 'gpu-buffer' as const]),
          ),
        }),
  }
  const session = await InferenceSession.create(model, sessionOptions)
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    run: (inputs, into) =>
      into === undefined
        ? session.run(inputs)
        : session.run(
            inputs,
            Object.fromEntries(session.outputNames.map((name) => [name, into[name] ?? null])),
          ),
    dispose: () => session.release(),
  }
}
