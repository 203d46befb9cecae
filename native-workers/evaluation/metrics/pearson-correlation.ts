import { type ImagePair } from '../../similarity/image-pair.js'

/** Pearson's correlation of the pixels that count, -1..1: NCC at zero shift. Null where a picture is constant. */
export function pearsonCorrelation({ width, height, fixed, moving, valid }: ImagePair): number | null {
  let [count, sumA, sumB] = [0, 0, 0]
  for (let n = 0; n < width * height; n++) {
    if (valid?.[n] === 0) continue
    count++
    sumA += fixed[n]
    sumB += moving[n]
  }
  const [meanA, meanB] = [sumA / count, sumB / count]
  let [varianceA, varianceB, covariance] = [0, 0, 0]
  for (let n = 0; n < width * height; n++) {
    if (valid?.[n] === 0) continue
    const [a, b] = [fixed[n] - meanA, moving[n] - meanB]
    varianceA += a * a
    varianceB += b * b
    covariance += a * b
  }
  return varianceA > 0 && varianceB > 0 ? covariance / Math.sqrt(varianceA * varianceB) : null
}
