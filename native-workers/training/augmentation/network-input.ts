import { extremes } from './intensity.js'

/** What a network subtracts from and divides a picture in 0..1 by (xvr; specification §2.1). */
export const networkPreprocessing = { mean: 0.15, std: 0.1 } as const

const rangeEpsilon = 1e-6

/** A picture as networks take it: min-max normalised, then (x - mean) / std; into `input`. */
export function writeNetworkInput(
  picture: ArrayLike<number>,
  input: Float32Array,
  { mean, std }: { readonly mean: number; readonly std: number } = networkPreprocessing,
): void {
  const [least, most] = extremes(picture)
  const factor = 1 / (most - least + rangeEpsilon)
  for (let n = 0; n < picture.length; n++) input[n] = ((picture[n] - least) * factor - mean) / std
}
