/** A tensor on TensorFlow's device. */
export interface TfTensor {
  readonly shape: readonly number[]
  data(): Promise<Float32Array | Int32Array | Uint8Array>
  dispose(): void
}

type Unary = (x: TfTensor) => TfTensor
type Binary = (a: TfTensor, b: TfTensor) => TfTensor
type Reduction = (x: TfTensor, axes: readonly number[], keepAxes: boolean) => TfTensor
type Strides = readonly [number, number]

/**
 * What is used of TensorFlow.js (4.22): of its packages one is installed by whoever wants it, so that the product is
 * built and checked without them.
 */
export interface Tensorflow {
  ready(): Promise<void>
  getBackend(): string
  tensor(values: Float32Array, shape: readonly number[]): TfTensor
  /** Runs a function and disposes of all its tensors but those that it returns. */
  tidy<Result>(run: () => Result): Result
  keep(tensor: TfTensor): TfTensor
  /** Value and gradients of a function of tensors that gives a number. */
  valueAndGrads(
    run: (...inputs: TfTensor[]) => TfTensor,
  ): (inputs: readonly TfTensor[]) => { readonly value: TfTensor; readonly grads: readonly TfTensor[] }
  add: Binary
  sub: Binary
  mul: Binary
  div: Binary
  maximum: Binary
  minimum: Binary
  matMul(a: TfTensor, b: TfTensor, transposeA: boolean, transposeB: boolean): TfTensor
  relu: Unary
  sqrt: Unary
  square: Unary
  sum: Reduction
  mean: Reduction
  transpose(x: TfTensor, permutation: readonly number[]): TfTensor
  reshape(x: TfTensor, shape: readonly number[]): TfTensor
  concat(parts: readonly TfTensor[], axis: number): TfTensor
  pad(x: TfTensor, margins: readonly (readonly [number, number])[], value: number): TfTensor
  /** x [batch, height, width, in], weights [height, width, in, out]. */
  conv2d(x: TfTensor, weights: TfTensor, strides: Strides, padding: 'valid'): TfTensor
  /** x [batch, height, width, channels]. */
  maxPool(x: TfTensor, kernel: Strides, strides: Strides, padding: 'valid'): TfTensor
}

const functions: readonly (keyof Tensorflow)[] = [
  ...(['ready', 'getBackend', 'tensor', 'tidy', 'keep', 'valueAndGrads'] as const),
  ...(['add', 'sub', 'mul', 'div', 'maximum', 'minimum', 'matMul', 'relu', 'sqrt', 'square'] as const),
  ...(['sum', 'mean', 'transpose', 'reshape', 'concat', 'pad', 'conv2d', 'maxPool'] as const),
]

export function isTensorflow(module: unknown): module is Tensorflow {
  if (typeof module !== 'object' || module === null) return false
  return functions.every((name) => name in module && typeof Reflect.get(module, name) === 'function')
}
