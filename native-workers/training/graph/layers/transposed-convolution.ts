import { add, convolve, convolveTransposed, reduceSum, reshape } from '../operators.js'
import { type Tape } from '../tape.js'
import { type Tensor } from '../tensor.js'
import { type ConvolutionOptions } from './convolution.js'
import { weightGradient } from './convolution-weight-gradient.js'

export interface TransposedConvolutionOptions extends ConvolutionOptions {
  /** Pixels more at the far end of each spatial axis; less than the stride. */
  readonly outputPadding?: number
}

/**
 * The adjoint of a convolution ("deconvolution", "up-convolution") in two or three dimensions. x [batch, in,
 * ...spatial], weights [in, out, ...kernel] as PyTorch has them, bias [out]; a spatial size n becomes
 * (n - 1) stride - 2 padding + kernel + outputPadding.
 */
export function transposedConvolution(
  tape: Tape,
  x: Tensor,
  weights: Tensor,
  { stride = 1, padding = 0, outputPadding = 0, bias }: TransposedConvolutionOptions = {},
): Tensor {
  const { graph } = tape
  const kernel = weights.shape.slice(2)
  const window = { strides: kernel.map(() => stride), padding: kernel.map(() => padding) }
  const spatial = x.shape
    .slice(2)
    .map((size, n) => (size - 1) * stride - 2 * padding + kernel[n] + outputPadding)
  const product = convolveTransposed(graph, x, weights, window, spatial)
  const y =
    bias === undefined
      ? product
      : add(graph, product, reshape(graph, bias, [1, bias.shape[0], ...kernel.map(() => 1)]))
  const inputs = bias === undefined ? [x, weights] : [x, weights, bias]
  return tape.record(y, inputs, (gradient) => {
    if (tape.needsGradient(weights)) {
      tape.accumulate(weights, weightGradient(graph, gradient, x, { kernel, ...window }))
    }
    if (bias !== undefined && tape.needsGradient(bias)) {
      tape.accumulate(bias, reduceSum(graph, gradient, [0, ...kernel.map((_, n) => n + 2)], false))
    }
    if (tape.needsGradient(x)) tape.accumulate(x, convolve(graph, gradient, weights, null, window))
  })
}
