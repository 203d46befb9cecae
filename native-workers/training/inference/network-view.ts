import { type Camera } from '../../contract/files/camera.js'
import { type TrainingDetector } from '../../contract/training/configuration.js'
import { intrinsicNumbers } from '../../geometry/camera.js'
import { type GreyPicture } from '../../imaging/picture/area-resample.js'
import { detectorCamera } from '../sampling/network-frame.js'

export interface NetworkView {
  /** [height, height]; where the X-ray shows nothing, its least value. */
  readonly pixels: Float32Array
  /** Share of the network's detector that the X-ray fills. */
  readonly coverage: number
}

/** A new pixel counts as seen when valid pixels fill this share of it. */
const leastCover = 0.5

/**
 * An X-ray as the network's detector would have recorded it: both look from the same source along the same axes, so
 * that the homography K_new K_old⁻¹ is a scaling and a shift of columns and of rows, whatever pixel pitch and principal
 * point the X-ray has. Coarser pixels average what they cover, finer ones are interpolated.
 */
export function networkView(picture: GreyPicture, camera: Camera, detector: TrainingDetector): NetworkView {
  const { height } = detector
  const from = intrinsicNumbers(camera)
  const to = intrinsicNumbers(detectorCamera(detector))
  const columns = axisWeights(picture.width, height, from.fx / to.fx, from.cx - (to.cx * from.fx) / to.fx)
  const rows = axisWeights(picture.height, height, from.fy / to.fy, from.cy - (to.cy * from.fy) / to.fy)
  const across = new Float64Array(height * picture.height)
  const acrossCover = new Float64Array(height * picture.height)
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < height; x++) {
      const { first, weights } = columns[x]
      for (let n = 0; n < weights.length; n++) {
        const source = y * picture.width + first + n
        if (picture.valid[source] === 0) continue
        across[y * height + x] += weights[n] * picture.pixels[source]
        acrossCover[y * height + x] += weights[n]
      }
    }
  }
  const pixels = new Float32Array(height * height).fill(NaN)
  let least = Infinity
  let seen = 0
  for (let y = 0; y < height; y++) {
    const { first, weights } = rows[y]
    for (let x = 0; x < height; x++) {
      let sum = 0
      let cover = 0
      for (let n = 0; n < weights.length; n++) {
        sum += weights[n] * across[(first + n) * height + x]
        cover += weights[n] * acrossCover[(first + n) * height + x]
      }
      if (cover < leastCover) continue
      const value = sum / cover
      pixels[y * height + x] = value
      least = Math.min(least, value)
      seen++
    }
  }
  const filled = Number.isFinite(least) ? least : 0
  return {
    pixels: pixels.map((value) => (Number.isNaN(value) ? filled : value)),
    coverage: seen / (height * height),
  }
}

/** For each new sample, whose middle lies at `scale` n + `offset`, the old ones under it and their shares. */
function axisWeights(from: number, to: number, scale: number, offset: number) {
  // Narrower than one old sample, a box over two of them interpolates linearly.
  const width = Math.max(1, scale)
  return Array.from({ length: to }, (_, index) => {
    const start = scale * index + offset + 0.5 - width / 2
    const end = start + width
    const first = Math.max(0, Math.floor(start))
    const last = Math.min(from, Math.ceil(end))
    const weights = Array.from({ length: Math.max(0, last - first) }, (_unused, n) => {
      const overlap = Math.min(end, first + n + 1) - Math.max(start, first + n)
      return Math.max(0, overlap) / width
    })
    return { first, weights }
  })
}
