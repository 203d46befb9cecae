import { weightGradient } from './convolution-weight-gradient.js'
import {
  convolve,
  convolveTransposed,
  matrixProduct,
  reduceSum,
  reshape,
  swapFirstAxes,
} from '../operators.js'
import { type GraphBuilder } from '../graph-builder.js'
import { type Tape } from '../tape.js'
import { elementCount, type Tensor } from '../tensor.js'

export interface ConvolutionOptions {
  /** Per spatial axis, or one for all. */
  readonly stride?: number
  /** Zeros at both ends of each spatial axis. */
  readonly padding?: number
  readonly bias?: Tensor
}

/**
 * Cross-correlation in two or three dimensions. x [batch, in, ...spatial], weights [out, in, ...kernel],
 * bias [out]; gives [batch, out, ...spatial'].
 */
export function convolution(
  tape: Tape,
  x: Tensor,
  weights: Tensor,
  { stride = 1, padding = 0, bias }: ConvolutionOptions = {},
): Tensor {
  const { graph } = tape
  const kernel = weights.shape.slice(2)
  const window = { strides: kernel.map(() => stride), padding: kernel.map(() => padding) }
  const y = convolve(graph, x, weights, bias ?? null, window)
  const inputs = bias === undefined ? [x, weights] : [x, weights, bias]
  return tape.record(y, inputs, (gradient) => {
    if (tape.needsGradient(weights)) {
      tape.accumulate(weights, weightGradient(graph, x, gradient, { kernel, ...window }))
    }
    if (bias !== undefined && tape.needsGradient(bias)) {
      const axes = [0, ...kernel.map((_, n) => n + 2)]
      tape.accumulate(bias, reduceSum(graph, gradient, axes, false))
    }
    if (!tape.needsGradient(x)) return
    const spatial = x.shape.slice(2)
    // Without strides the adjoint is a convolution too, which is the faster way where there are many pixels.
    const isPlain = stride === 1 && kernel.every((size) => size - 1 - padding >= 0)
    if (isPlain && elementCount(spatial) > fewPixels) {
      const turned = turnedWeights(graph, weights)
      const margins = kernel.map((size) => size - 1 - padding)
      tape.accumulate(x, convolve(graph, gradient, turned, null, { ...window, padding: margins }))
    } else {
      tape.accumulate(x, convolveTransposed(graph, gradient, weights, window, spatial))
    }
  })
}

/** Pictures of this size and less cost less than turning the weights of a layer with many channels. */
const fewPixels = 64

/** [out, in, ...kernel] as [in, out, ...kernel] with the kernel turned round: by a product, the quickest way here. */
function turnedWeights(graph: GraphBuilder, weights: Tensor): Tensor {
  const [outputs, inputs, ...kernel] = weights.shape
  const places = elementCount(kernel)
  if (places === 1) return swapFirstAxes(graph, weights)
  const reversal = Array.from({ length: places * places }, (_, n) =>
    (n % places) + Math.floor(n / places) === places - 1 ? 1 : 0,
  )
  const rows = reshape(graph, swapFirstAxes(graph, weights), [inputs * outputs, places])
  const turned = matrixProduct(graph, rows, graph.constant(reversal, [places, places]))
  return reshape(graph, turned, [inputs, outputs, ...kernel])
}
