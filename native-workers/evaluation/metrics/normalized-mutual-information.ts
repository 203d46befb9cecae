import { type ImagePair } from '../../similarity/image-pair.js'

const bins = 100

/**
 * Studholme's normalised mutual information (1999, doi 10.1016/S0031-3203(98)00091-0), (H(A) + H(B)) / H(A, B), of the
 * pixels that count, from a joint histogram of 100 x 100 equal bins over each picture's range (specification §6.9):
 * 1 = unrelated, 2 = each follows from the other. Null where a picture is constant.
 */
export function normalizedMutualInformation(pair: ImagePair): number | null {
  const a = binner(pair.fixed, pair)
  const b = binner(pair.moving, pair)
  if (a === null || b === null) return null
  const joint = new Float64Array(bins * bins)
  for (let n = 0; n < pair.width * pair.height; n++) {
    if (pair.valid?.[n] === 0) continue
    joint[a(pair.fixed[n]) * bins + b(pair.moving[n])]++
  }
  const [marginalA, marginalB] = [new Float64Array(bins), new Float64Array(bins)]
  for (const [n, count] of joint.entries()) {
    marginalA[Math.floor(n / bins)] += count
    marginalB[n % bins] += count
  }
  return (entropy(marginalA) + entropy(marginalB)) / entropy(joint)
}

/** The bin of a value; each holds its lower edge, the last one both. Null for a constant picture. */
function binner(
  values: ArrayLike<number>,
  { width, height, valid }: ImagePair,
): ((value: number) => number) | null {
  let [least, greatest] = [Infinity, -Infinity]
  for (let n = 0; n < width * height; n++) {
    if (valid?.[n] === 0) continue
    least = Math.min(least, values[n])
    greatest = Math.max(greatest, values[n])
  }
  if (!(greatest > least)) return null
  const step = (greatest - least) / bins
  const edge = (index: number) => index * step + least
  return (value) => {
    const guess = Math.min(bins - 1, Math.floor((value - least) / step))
    // The division may round across an edge; the edges decide.
    if (guess > 0 && value < edge(guess)) return guess - 1
    return guess < bins - 1 && value >= edge(guess + 1) ? guess + 1 : guess
  }
}

/** Of unnormalised counts, in nats. */
function entropy(counts: Float64Array): number {
  const total = counts.reduce((sum, count) => sum + count, 0)
  return counts.reduce((sum, count) => (count > 0 ? sum - (count / total) * Math.log(count / total) : sum), 0)
}
