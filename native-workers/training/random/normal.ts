import { type RandomStream } from './random-stream.js'

/**
 * Adds independent normal numbers of standard deviation `sigma` to `values`, in pairs by Marsaglia's polar method
 * (doi 10.1137/1006063).
 */
export function addNormal(values: Float32Array, sigma: number, random: RandomStream): void {
  for (let n = 0; n < values.length; n += 2) {
    let u = 0
    let v = 0
    let squared = 0
    do {
      u = random.word() / 2 ** 31 - 1
      v = random.word() / 2 ** 31 - 1
      squared = u * u + v * v
    } while (squared >= 1 || squared === 0)
    const factor = sigma * Math.sqrt((-2 * Math.log(squared)) / squared)
    values[n] += factor * u
    if (n + 1 < values.length) values[n + 1] += factor * v
  }
}
