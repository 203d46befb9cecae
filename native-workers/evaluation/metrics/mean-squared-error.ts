import { type ImagePair } from '../../similarity/image-pair.js'

/** Mean squared difference of the pixels that count, in the square of their unit; null where none counts. */
export function meanSquaredError({ width, height, fixed, moving, valid }: ImagePair): number | null {
  let sum = 0
  let count = 0
  for (let n = 0; n < width * height; n++) {
    if (valid?.[n] === 0) continue
    sum += (fixed[n] - moving[n]) ** 2
    count++
  }
  return count === 0 ? null : sum / count
}
