import { type GraphBuilder } from '../graph-builder.js'
import {
  concatenate,
  gemm,
  padSpatial,
  reshape,
  slice,
  swapFirstAxes,
  transpose,
  type Window,
} from '../operators.js'
import { elementCount, type Tensor } from '../tensor.js'
import { kernelPlaces } from './kernel-places.js'

/** More inputs of one node than this exceed the bindings that WebGPU allows. */
const mostPartsPerConcat = 9

/**
 * Gradient of `convolve` to its weights: one matrix product per place in the kernel, of the output's gradient with the
 * input as that place saw it. x [batch, in, ...spatial], gradient [batch, out, ...spatial']; gives [out, in, ...kernel].
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
  const spatialAxes = kernel.map((_, n) => n + 2)
  const perPlace = kernelPlaces(kernel).map((place) => {
    const seen = isWhole(place, strides, channelsFirst.shape.slice(2), outputSize)
      ? channelsFirst
      : slice(graph, channelsFirst, {
          axes: spatialAxes,
          starts: place,
          ends: place.map((start, n) => start + (outputSize[n] - 1) * strides[n] + 1),
          steps: strides,
        })
    return reshape(graph, seen, [inputs, pixels])
  })
  const products = perPlace.map((seen) => gemm(graph, gradientRows, seen, { transB: true }))
  if (products.length === 1) return reshape(graph, products[0], [outputs, inputs, ...kernel])
  const split = reshape(graph, joined(graph, products), [outputs, products.length, inputs])
  return reshape(graph, transpose(graph, split, [0, 2, 1]), [outputs, inputs, ...kernel])
}

function joined(graph: GraphBuilder, parts: readonly Tensor[]): Tensor {
  if (parts.length === 1) return parts[0]
  const groups: Tensor[] = []
  for (let n = 0; n < parts.length; n += mostPartsPerConcat)
    groups.push(concatenate(graph, parts.slice(n, n + mostPartsPerConcat), 1))
  return joined(graph, groups)
}

function isWhole(
  place: readonly number[],
  strides: readonly number[],
  size: readonly number[],
  outputSize: readonly number[],
): boolean {
  return place.every((start, n) => start === 0 && strides[n] === 1 && size[n] === outputSize[n])
}
