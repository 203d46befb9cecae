/** Uniform and other numbers from one seed; the same seed gives the same numbers on every machine. */
export interface RandomStream {
  /** 0..2^32 - 1 */
  word(): number
  /** low <= x < high, in steps of 2^-32 of the range; `low` where the range is empty. */
  uniform(low: number, high: number): number
  /** 0..count - 1 */
  integer(count: number): number
  /** True with this probability: 0 never, 1 always. */
  chance(probability: number): boolean
}

/**
 * The stream that belongs to a seed and further whole numbers (what it is for, the batch's index): drawing from one
 * stream never moves another, so a training that starts again at any batch continues bit for bit. sfc32 (Doty-Humphrey,
 * PractRand), seeded through the finaliser of MurmurHash3.
 */
export function randomStream(seed: number, ...keys: readonly number[]): RandomStream {
  let [a, b, c, counter] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 1]
  const word = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return sum >>> 0
  }
  for (const key of [seed, ...keys]) {
    a = finalised(a ^ ((key % 2 ** 32) | 0))
    b = finalised(b ^ Math.floor(key / 2 ** 32) ^ a)
    c = finalised(c ^ a ^ (b << 1))
  }
  for (let round = 0; round < 12; round++) word()
  const unit = () => word() / 2 ** 32
  return {
    word,
    uniform: (low, high) => low + (high - low) * unit(),
    integer: (count) => Math.floor(unit() * count),
    chance: (probability) => unit() < probability,
  }
}

function finalised(value: number): number {
  let hash = value
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
