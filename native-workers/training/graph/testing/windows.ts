import { elementCount } from '../tensor.js'
import { indicesOf, type NumberArray, stridesOf } from './array.js'
import { type AttributeReader, type OperatorRule } from './operator.js'

/** One use of an input pixel by an output pixel through a place of the kernel. */
interface Tap {
  readonly input: number
  readonly output: number
  readonly place: number
}

interface Windows {
  readonly kernel: readonly number[]
  readonly strides: readonly number[]
  readonly before: readonly number[]
  readonly after: readonly number[]
}

function windowsOf(attributes: AttributeReader): Windows {
  const kernel = attributes.list('kernel_shape')
  const pads = attributes.list('pads', [...kernel, ...kernel].fill(0))
  return {
    kernel,
    strides: attributes.list('strides', [...kernel].fill(1)),
    before: pads.slice(0, kernel.length),
    after: pads.slice(kernel.length),
  }
}

function outputSizes(size: readonly number[], { kernel, strides, before, after }: Windows): number[] {
  return size.map((inputs, n) => Math.floor((inputs + before[n] + after[n] - kernel[n]) / strides[n] + 1))
}

function taps(inputs: readonly number[], outputs: readonly number[], windows: Windows): Tap[] {
  const inputStrides = stridesOf(inputs)
  const places = indicesOf(windows.kernel)
  return indicesOf(outputs).flatMap((output, outputAt) =>
    places.flatMap((place, placeAt) => {
      const input = output.map((n, axis) => n * windows.strides[axis] + place[axis] - windows.before[axis])
      if (input.some((n, axis) => n < 0 || n >= inputs[axis])) return []
      const inputAt = input.reduce((sum, n, axis) => sum + n * inputStrides[axis], 0)
      return [{ input: inputAt, output: outputAt, place: placeAt }]
    }),
  )
}

const conv: OperatorRule = ([x, weights, bias], attributes) => {
  const windows = windowsOf(attributes)
  const groups = attributes.whole('group', 1)
  const [batch, inputs, ...size] = x.shape
  const [outputs, perGroup] = weights.shape
  const outputSize = outputSizes(size, windows)
  const [inPixels, outPixels, places] = [size, outputSize, windows.kernel].map(elementCount)
  const all = taps(size, outputSize, windows)
  const values = new Float64Array(batch * outputs * outPixels)
  for (let b = 0; b < batch; b++) {
    for (let o = 0; o < outputs; o++) {
      const yStart = (b * outputs + o) * outPixels
      if (bias !== undefined) values.fill(bias.values[o], yStart, yStart + outPixels)
      const group = Math.floor((o * groups) / outputs)
      for (let i = 0; i < perGroup; i++) {
        const xStart = (b * inputs + group * perGroup + i) * inPixels
        const wStart = (o * perGroup + i) * places
        for (const { input, output, place } of all) {
          values[yStart + output] += x.values[xStart + input] * weights.values[wStart + place]
        }
      }
    }
  }
  return { shape: [batch, outputs, ...outputSize], values }
}

const convTranspose: OperatorRule = ([y, weights], attributes) => {
  const windows = windowsOf(attributes)
  const { kernel, strides, before, after } = windows
  if (attributes.whole('group', 1) !== 1) throw new Error('Groups are not served here.')
  const extra = attributes.list('output_padding', [...kernel].fill(0))
  const [batch, inputs, ...size] = y.shape
  const outputs = weights.shape[1]
  const outputSize = size.map(
    (n, axis) => (n - 1) * strides[axis] + kernel[axis] + extra[axis] - before[axis] - after[axis],
  )
  const [inPixels, outPixels, places] = [size, outputSize, kernel].map(elementCount)
  const all = taps(outputSize, size, windows)
  const values = new Float64Array(batch * outputs * outPixels)
  for (let b = 0; b < batch; b++) {
    for (let o = 0; o < outputs; o++) {
      for (let i = 0; i < inputs; i++) {
        const wStart = (i * outputs + o) * places
        for (const { input, output, place } of all) {
          values[(b * outputs + o) * outPixels + input] +=
            y.values[(b * inputs + i) * inPixels + output] * weights.values[wStart + place]
        }
      }
    }
  }
  return { shape: [batch, outputs, ...outputSize], values }
}

function pooled(
  x: NumberArray,
  windows: Windows,
  start: number,
  rule: (sofar: number, value: number) => number,
): NumberArray {
  const [batch, channels, ...size] = x.shape
  const outputSize = outputSizes(size, windows)
  const [inPixels, outPixels] = [size, outputSize].map(elementCount)
  const all = taps(size, outputSize, windows)
  const values = new Float64Array(batch * channels * outPixels).fill(start)
  for (let map = 0; map < batch * channels; map++) {
    for (const { input, output } of all) {
      const at = map * outPixels + output
      values[at] = rule(values[at], x.values[map * inPixels + input])
    }
  }
  return { shape: [batch, channels, ...outputSize], values }
}

const averagePool: OperatorRule = ([x], attributes) => {
  if (attributes.whole('count_include_pad', 0) !== 1) throw new Error('Padding counts here.')
  const windows = windowsOf(attributes)
  const places = elementCount(windows.kernel)
  const sums = pooled(x, windows, 0, (sum, value) => sum + value)
  return { shape: sums.shape, values: sums.values.map((value) => value / places) }
}

export const windowRules: Readonly<Record<string, OperatorRule>> = {
  Conv: conv,
  ConvTranspose: convTranspose,
  MaxPool: ([x], attributes) => pooled(x, windowsOf(attributes), -Infinity, Math.max),
  AveragePool: averagePool,
}
