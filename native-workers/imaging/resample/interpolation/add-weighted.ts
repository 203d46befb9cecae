/**
 * Adds weighted arrays of its own length to `sum`: sum[n] += weights[tap] * source(tap)[n]. Arrays of weight 0 are not
 * asked for. Two at a time, since every array more halves the traffic of the sums.
 */
export function addWeighted(
  sum: Float64Array,
  weights: Float64Array,
  source: (tap: number) => Float32Array | Float64Array,
): void {
  let tap = 0
  while (tap < weights.length) {
    const a = nextWeight(weights, tap)
    if (a === weights.length) return
    const b = nextWeight(weights, a + 1)
    if (b < weights.length) addTwo(sum, weights[a], source(a), weights[b], source(b))
    else addOne(sum, weights[a], source(a))
    tap = b + 1
  }
}

function nextWeight(weights: Float64Array, from: number): number {
  let tap = from
  while (tap < weights.length && weights[tap] === 0) tap++
  return tap
}

function addOne(sum: Float64Array, weight: number, source: Float32Array | Float64Array): void {
  for (let n = 0; n < sum.length; n++) sum[n] += weight * source[n]
}

function addTwo(
  sum: Float64Array,
  weightA: number,
  a: Float32Array | Float64Array,
  weightB: number,
  b: Float32Array | Float64Array,
): void {
  for (let n = 0; n < sum.length; n++) sum[n] += weightA * a[n] + weightB * b[n]
}
