import { windowSums } from '../../similarity/box-sums.js'
import { type ImagePair } from '../../similarity/image-pair.js'

const windowPixels = 7
const [k1, k2] = [0.01, 0.03]

/**
 * SSIM (Wang et al. 2004, doi 10.1109/TIP.2003.819861) with a uniform 7 x 7 window, K1 0.01, K2 0.03, sample covariance
 * and the range of `moving` as data range (specification §6.9), averaged over the windows that lie inside the picture
 * and hold only pixels that count. Null without such a window, or where `moving` is constant.
 */
export function structuralSimilarity(pair: ImagePair): number | null {
  const { width, height, fixed, moving, valid } = pair
  const length = width * height
  const range = valueRange(pair)
  if (Math.min(width, height) < windowPixels || !(range > 0)) return null
  const mean = (value: (n: number) => number) => {
    const sums = windowSums(
      Float64Array.from({ length }, (_, n) => value(n)),
      width,
      height,
      windowPixels,
    )
    return sums.map((sum) => sum / windowPixels ** 2)
  }
  const meanA = mean((n) => fixed[n])
  const meanB = mean((n) => moving[n])
  const meanAA = mean((n) => fixed[n] ** 2)
  const meanBB = mean((n) => moving[n] ** 2)
  const meanAB = mean((n) => fixed[n] * moving[n])
  const leftOut = valid === undefined ? undefined : mean((n) => (valid[n] === 0 ? 1 : 0))
  const unbiased = windowPixels ** 2 / (windowPixels ** 2 - 1)
  const [c1, c2] = [(k1 * range) ** 2, (k2 * range) ** 2]
  let sum = 0
  let count = 0
  for (let w = 0; w < meanA.length; w++) {
    if (leftOut !== undefined && leftOut[w] > 0) continue
    const varianceA = unbiased * (meanAA[w] - meanA[w] ** 2)
    const varianceB = unbiased * (meanBB[w] - meanB[w] ** 2)
    const covariance = unbiased * (meanAB[w] - meanA[w] * meanB[w])
    sum +=
      ((2 * meanA[w] * meanB[w] + c1) * (2 * covariance + c2)) /
      ((meanA[w] ** 2 + meanB[w] ** 2 + c1) * (varianceA + varianceB + c2))
    count++
  }
  return count === 0 ? null : sum / count
}

/** Greatest minus least counted value of the moving picture. */
function valueRange({ width, height, moving, valid }: ImagePair): number {
  let [least, greatest] = [Infinity, -Infinity]
  for (let n = 0; n < width * height; n++) {
    if (valid?.[n] === 0) continue
    least = Math.min(least, moving[n])
    greatest = Math.max(greatest, moving[n])
  }
  return greatest - least
}
