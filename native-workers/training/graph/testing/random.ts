import { elementCount } from '../tensor.js'
import { type NumberArray } from './array.js'

/** Numbers in 0..1, the same for the same seed (Lehmer's generator). */
export function seededUniform(seed: number): () => number {
  let state = seed * 7919 + 1
  return () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}

/** Numbers in -1..1. */
export function randomArray(shape: readonly number[], seed: number): NumberArray {
  const uniform = seededUniform(seed)
  for (let n = 0; n < 10; n++) uniform()
  return { shape, values: new Float64Array(elementCount(shape)).map(() => 2 * uniform() - 1) }
}
