const primes = [2, 3, 5, 7, 11, 13] as const

function radicalInverse(index: number, base: number): number {
  let value = 0
  let digitWeight = 1 / base
  for (let rest = index; rest > 0; rest = Math.floor(rest / base)) {
    value += (rest % base) * digitWeight
    digitWeight /= base
  }
  return value
}

/**
 * The `index`-th point (from 0) of the six-dimensional Halton sequence, shifted cyclically by a seed: evenly spread
 * points in the unit cube (Halton 1960, doi 10.1007/BF01386213).
 */
export function haltonPoint(index: number, seed: number): number[] {
  return primes.map((base, axis) => {
    const shift = seed === 0 ? 0 : radicalInverse(seed, primes[(axis + 3) % primes.length])
    return (radicalInverse(index + 1, base) + shift) % 1
  })
}
