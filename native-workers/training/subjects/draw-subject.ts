import { type RandomStream } from '../random/random-stream.js'

/** An index drawn by relative weights, with replacement; evenly where all weights are 0. */
export function drawIndex(weights: readonly number[], random: RandomStream): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (!(total > 0)) return random.integer(weights.length)
  let rest = random.uniform(0, total)
  let last = 0
  for (const [index, weight] of weights.entries()) {
    if (weight <= 0) continue
    if (rest < weight) return index
    rest -= weight
    last = index
  }
  return last
}

/** Up to `most` different numbers of 0..count - 1, ascending: all of them where they are no more. */
export function drawSome(count: number, most: number, random: RandomStream): number[] {
  const numbers = Array.from({ length: count }, (_, n) => n)
  while (numbers.length > most) numbers.splice(random.integer(numbers.length), 1)
  return numbers
}
