import { type RandomStream } from './random-stream.js'

/**
 * Adds independent normal numbers of standard deviation `sigma` to `values`, in pairs by Marsaglia's polar method
 * (doi 10.1137/1006063).
 */
export function addNormal(values: Float32Array, sigma: number, random: RandomStream): void {
  for (let n = 0; n < values.length;) {
    const u = random.word() / 2 ** 31 - 1
    const v = random.word() / 2 ** 31 - 1
    const squared = u * u + v * v
    if (squared >= 1 || squared === 0) continue
    const factor = sigma * Math.sqrt((-2 * Math.log(squared)) / squared)
    values[n++] += factor * u
    if (n < values.length) values[n++] += factor * v
  }
}
