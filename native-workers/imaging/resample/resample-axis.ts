import { type VoxelArray } from '../volume.js'
import { type AxisWeights } from './axis-weights.js'

/** An array of lines: `inner` neighbours in memory, then the axis itself, then `outer` repetitions. */
export interface AxisLayout {
  readonly inner: number
  readonly size: number
  readonly outer: number
}

/** Along the fastest axis: every line is gathered sample by sample. */
function resampleFastest(input: VoxelArray, { size, outer }: AxisLayout, axis: AxisWeights): Float32Array {
  const { outputSize, taps, start, weights } = axis
  const output = new Float32Array(outputSize * outer)
  for (let line = 0; line < outer; line++) {
    const source = line * size
    const target = line * outputSize
    for (let sample = 0; sample < outputSize; sample++) {
      let sum = 0
      const from = source + start[sample]
      const base = sample * taps
      for (let tap = 0; tap < taps; tap++) sum += weights[base + tap] * input[from + tap]
      output[target + sample] = sum
    }
  }
  return output
}

/** Along a slower axis: whole rows of `inner` neighbours are added up, which keeps memory access in order. */
function resampleSlower(
  input: VoxelArray,
  { inner, size, outer }: AxisLayout,
  axis: AxisWeights,
): Float32Array {
  const { outputSize, taps, start, weights } = axis
  const output = new Float32Array(inner * outputSize * outer)
  for (let block = 0; block < outer; block++) {
    for (let sample = 0; sample < outputSize; sample++) {
      const target = (block * outputSize + sample) * inner
      for (let tap = 0; tap < taps; tap++) {
        const weight = weights[sample * taps + tap]
        if (weight === 0) continue
        const source = (block * size + start[sample] + tap) * inner
        for (let index = 0; index < inner; index++) output[target + index] += weight * input[source + index]
      }
    }
  }
  return output
}

/** Applies an axis' weights to every line of an array. */
export function resampleAxis(input: VoxelArray, layout: AxisLayout, axis: AxisWeights): Float32Array {
  return layout.inner === 1 ? resampleFastest(input, layout, axis) : resampleSlower(input, layout, axis)
}
