import { describe, it } from 'vitest'
import { checkGradients } from '../testing/check-gradients.js'
import { convolution } from './convolution.js'
import { transposedConvolution } from './transposed-convolution.js'

interface Case {
  readonly name: string
  readonly x: readonly number[]
  readonly weights: readonly number[]
  readonly stride?: number
  readonly padding?: number
  readonly outputPadding?: number
}

const cases: readonly Case[] = [
  { name: '3x3, padded', x: [2, 2, 5, 4], weights: [3, 2, 3, 3], padding: 1 },
  { name: '3x3, more pixels, by the turned kernel', x: [1, 2, 9, 8], weights: [2, 2, 3, 3], padding: 1 },
  { name: '3x3, unpadded', x: [1, 2, 9, 9], weights: [2, 2, 3, 3] },
  { name: '3x3, stride 2, odd size', x: [2, 2, 7, 5], weights: [2, 2, 3, 3], stride: 2, padding: 1 },
  { name: '3x3, stride 2, even size', x: [2, 2, 6, 4], weights: [2, 2, 3, 3], stride: 2, padding: 1 },
  { name: '1x1', x: [2, 3, 3, 2], weights: [2, 3, 1, 1] },
  { name: '1x1, stride 2', x: [2, 2, 4, 5], weights: [3, 2, 1, 1], stride: 2 },
  { name: '1x1, many pixels', x: [1, 2, 9, 8], weights: [3, 2, 1, 1] },
  { name: '7x7, stride 2, one channel', x: [1, 1, 10, 9], weights: [2, 1, 7, 7], stride: 2, padding: 3 },
  { name: '3x3 on one pixel', x: [2, 2, 1, 1], weights: [2, 2, 3, 3], padding: 1 },
  { name: '1x3', x: [1, 2, 4, 5], weights: [2, 2, 1, 3] },
  { name: 'padding wider than the kernel', x: [1, 1, 9, 9], weights: [2, 1, 2, 2], padding: 2 },
  { name: '3D', x: [2, 2, 3, 4, 3], weights: [2, 2, 3, 3, 3], padding: 1 },
  { name: '3D, stride 2', x: [1, 2, 5, 4, 4], weights: [2, 2, 3, 3, 3], stride: 2, padding: 1 },
]

describe('the gradients of a convolution to picture, weights and bias', () => {
  it.each(cases)('$name', ({ x, weights, ...options }) => {
    checkGradients({ x, weights, bias: [weights[0]] }, (tape, inputs) =>
      convolution(tape, inputs.x, inputs.weights, { ...options, bias: inputs.bias }),
    )
  })

  it('without a bias', () => {
    checkGradients({ x: [1, 2, 3, 3], weights: [2, 2, 2, 2] }, (tape, inputs) =>
      convolution(tape, inputs.x, inputs.weights),
    )
  })
})

const transposedCases: readonly Case[] = [
  { name: '2x2, stride 2, as in a U-Net', x: [2, 3, 3, 2], weights: [3, 2, 2, 2], stride: 2 },
  {
    name: '3x3, stride 2, one pixel more',
    x: [1, 2, 3, 4],
    weights: [2, 2, 3, 3],
    stride: 2,
    padding: 1,
    outputPadding: 1,
  },
  { name: '3x3, stride 1', x: [1, 2, 3, 4], weights: [2, 3, 3, 3], padding: 1 },
  { name: '3D, stride 2', x: [1, 2, 2, 3, 2], weights: [2, 2, 2, 2, 2], stride: 2 },
]

describe('the gradients of a transposed convolution', () => {
  it.each(transposedCases)('$name', ({ x, weights, ...options }) => {
    checkGradients({ x, weights, bias: [weights[1]] }, (tape, inputs) =>
      transposedConvolution(tape, inputs.x, inputs.weights, { ...options, bias: inputs.bias }),
    )
  })

  it('without a bias', () => {
    checkGradients({ x: [1, 2, 2, 2], weights: [2, 1, 2, 2] }, (tape, inputs) =>
      transposedConvolution(tape, inputs.x, inputs.weights, { stride: 2 }),
    )
  })
})
