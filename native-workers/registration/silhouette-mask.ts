import { type GreyPicture } from '../imaging/picture/area-resample.js'

/** Shadow: brighter than this share of the DRR's brightest pixel. */
const shadowShare = 0.02

/** Restricts a picture to pixels within `marginPixels` of the object's shadow in a DRR of the same size. */
export function nearSilhouette(picture: GreyPicture, drr: Float32Array, marginPixels: number): GreyPicture {
  const { width, height } = picture
  const brightest = drr.reduce((max, value) => Math.max(max, value), 0)
  const distances = squaredDistances(width, height, (n) => drr[n] > shadowShare * brightest)
  const limit = marginPixels * marginPixels
  const valid = picture.valid.map((value, n) => (value !== 0 && distances[n] <= limit ? 1 : 0))
  return { ...picture, valid }
}

/** Squared distance of every pixel to the nearest one inside, by two passes (Felzenszwalb and Huttenlocher 2012). */
export function squaredDistances(
  width: number,
  height: number,
  inside: (pixel: number) => boolean,
): Float64Array {
  const far = (width + height) ** 2
  const distances = Float64Array.from({ length: width * height }, (_, n) => (inside(n) ? 0 : far))
  const column = new Float64Array(height)
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) column[y] = distances[y * width + x]
    const transformed = lowerEnvelope(column)
    for (let y = 0; y < height; y++) distances[y * width + x] = transformed[y]
  }
  for (let y = 0; y < height; y++) {
    distances.set(lowerEnvelope(distances.slice(y * width, (y + 1) * width)), y * width)
  }
  return distances
}

/** min over q of (p - q)^2 + values[q] for every p. */
function lowerEnvelope(values: Float64Array): Float64Array {
  const count = values.length
  const vertices = new Int32Array(count)
  const borders = new Float64Array(count + 1)
  let last = 0
  borders[0] = -Infinity
  borders[1] = Infinity
  const crossing = (q: number, r: number) => (values[q] + q * q - values[r] - r * r) / (2 * (q - r))
  for (let q = 1; q < count; q++) {
    while (last > 0 && crossing(q, vertices[last]) <= borders[last]) last--
    const border = crossing(q, vertices[last])
    if (last === 0 && border <= borders[0]) {
      vertices[0] = q
      continue
    }
    last++
    vertices[last] = q
    borders[last] = border
    borders[last + 1] = Infinity
  }
  const out = new Float64Array(count)
  let piece = 0
  for (let p = 0; p < count; p++) {
    while (borders[piece + 1] < p) piece++
    out[p] = (p - vertices[piece]) ** 2 + values[vertices[piece]]
  }
  return out
}
