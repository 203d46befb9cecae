import { type GraphBuilder } from '../graph-builder.js'
import {
  concatenate,
  gemm,
  padSpatial,
  reshape,
  swapFirstAxes,
  transpose,
  type Window,
} from '../operators.js'
import { elementCount, type Tensor } from '../tensor.js'
import { windowViews } from './window-views.js'

/** More inputs of one node than this exceed the bindings that WebGPU allows. */
const mostPartsPerConcat = 9
/** With fewer input channels the products are too thin to be fast, and all places go into one. */
const fewChannels = 8

/**
 * Gradient of `convolve` to its weights: matrix products of the output's gradient with the input as each place of the
 * kernel saw it. x [batch, in, ...spatial], gradient [batch, out, ...spatial']; gives [out, in, ...kernel].
 */
export function weightGradient(
  graph: GraphBuilder,
  x: Tensor,
  gradient: Tensor,
  { kernel, strides, padding }: Window,
): Tensor {
  const [, inputs] = x.shape
  const [batch, outputs, ...outputSize] = gradient.shape
  const pixels = batch * elementCount(outputSize)
  const gradientRows = reshape(graph, swapFirstAxes(graph, gradient), [outputs, pixels])
  const channelsFirst = padSpatial(graph, swapFirstAxes(graph, x), padding, padding)
  const perPlace = windowViews(graph, channelsFirst, { kernel, strides }, outputSize).map((seen) =>
    reshape(graph, seen, [inputs, pixels]),
  )
  const products =
    inputs < fewChannels
      ? gemm(graph, gradientRows, joined(graph, perPlace, 0), { transB: true })
      : joined(
          graph,
          perPlace.map((seen) => gemm(graph, gradientRows, seen, { transB: true })),
          1,
        )
  if (perPlace.length === 1 || inputs === 1) return reshape(graph, products, [outputs, inputs, ...kernel])
  const split = reshape(graph, products, [outputs, perPlace.length, inputs])
  return reshape(graph, transpose(graph, split, [0, 2, 1]), [outputs, inputs, ...kernel])
}

function joined(graph: GraphBuilder, parts: readonly Tensor[], axis: number): Tensor {
  if (parts.length === 1) return parts[0]
  const groups: Tensor[] = []
  for (let n = 0; n < parts.length; n += mostPartsPerConcat) {
    groups.push(concatenate(graph, parts.slice(n, n + mostPartsPerConcat), axis))
  }
  return joined(graph, groups, axis)
}
