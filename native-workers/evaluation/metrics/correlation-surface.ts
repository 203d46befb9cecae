import { fourierLength, fourierTransform } from '../../geometry/opencv.js'
import { type Vector2 } from '../../contract/matrix.js'
import { type ImagePair } from '../../similarity/image-pair.js'

export interface CorrelationPeak {
  readonly value: number
  /** By how many pixels [columns, rows] the moving picture would have to be shifted. */
  readonly shiftPixels: Vector2
}

/** Denominators up to float64's machine epsilon count as a window without contrast. */
const smallestDenominator = 2 ** -52

/**
 * The maximum of the normalised cross-correlation surface (Lewis 1995) with the whole moving picture as template and
 * the fixed picture padded by zeros, over shifts of up to half a picture either way: the seed's NCC (specification
 * §6.9), which forgives shifts. With a mask both pictures are first set to their counted pixels' mean outside it, and
 * that mean is subtracted, so that the value at zero shift is the correlation inside. Null where the moving picture is
 * constant.
 */
export async function correlationPeak(pair: ImagePair): Promise<CorrelationPeak | null> {
  const { width, height, valid } = pair
  const image = valid === undefined ? Float64Array.from(pair.fixed) : centred(pair.fixed, valid)
  const template = centred(pair.moving, valid)
  const energy = template.reduce((sum, value) => sum + value * value, 0)
  if (energy === 0) return null
  const lags = { x: lagRange(width), y: lagRange(height) }
  const columns = await fourierLength(width - lags.x.first)
  const rows = await fourierLength(height - lags.y.first)
  const surface = await crossCorrelation(image, template, width, height, columns, rows)
  const sums = areaSums(image, width, height, (value) => value)
  const squares = areaSums(image, width, height, (value) => value * value)
  let best: CorrelationPeak = { value: -Infinity, shiftPixels: [0, 0] }
  for (let y = lags.y.first; y <= lags.y.last; y++) {
    for (let x = lags.x.first; x <= lags.x.last; x++) {
      const sum = sums(x, y)
      const spread = squares(x, y) - (sum * sum) / (width * height)
      const denominator = Math.sqrt(Math.max(0, spread * energy))
      const at = ((y + rows) % rows) * columns + ((x + columns) % columns)
      const value = denominator > smallestDenominator ? surface[2 * at] / denominator : 0
      if (value > best.value) best = { value, shiftPixels: [x, y] }
    }
  }
  return best
}

/** As many shifts as pixels, zero in the middle. */
function lagRange(size: number): { readonly first: number; readonly last: number } {
  const last = Math.floor((size - 1) / 2)
  return { first: last + 1 - size, last }
}

/** The counted pixels minus their mean, 0 elsewhere. */
function centred(values: ArrayLike<number>, valid: ArrayLike<number> | undefined): Float64Array {
  let [sum, count] = [0, 0]
  for (let n = 0; n < values.length; n++) {
    if (valid?.[n] === 0) continue
    sum += values[n]
    count++
  }
  return Float64Array.from(values, (value, n) => (valid?.[n] === 0 ? 0 : value - sum / count))
}

/** Complex array whose real part is sum over p of template[p] image[p + shift], shifts modulo the array's size. */
async function crossCorrelation(
  image: Float64Array,
  template: Float64Array,
  width: number,
  height: number,
  columns: number,
  rows: number,
): Promise<Float64Array> {
  const packed = new Float64Array(2 * columns * rows)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      packed[2 * (y * columns + x)] = image[y * width + x]
      packed[2 * (y * columns + x) + 1] = template[y * width + x]
    }
  }
  const spectrum = await fourierTransform(packed, rows, columns, 'forward')
  const product = new Float64Array(spectrum.length)
  for (let v = 0; v < rows; v++) {
    for (let u = 0; u < columns; u++) {
      const n = 2 * (v * columns + u)
      const mirrored = 2 * (((rows - v) % rows) * columns + ((columns - u) % columns))
      // Two real pictures share one complex transform: its symmetric part is the image's, the rest the template's.
      const imageReal = (spectrum[n] + spectrum[mirrored]) / 2
      const imageImaginary = (spectrum[n + 1] - spectrum[mirrored + 1]) / 2
      const templateReal = (spectrum[n + 1] + spectrum[mirrored + 1]) / 2
      const templateImaginary = (spectrum[mirrored] - spectrum[n]) / 2
      product[n] = imageReal * templateReal + imageImaginary * templateImaginary
      product[n + 1] = imageImaginary * templateReal - imageReal * templateImaginary
    }
  }
  return fourierTransform(product, rows, columns, 'inverse')
}

/** Sums over the picture-sized window that starts at a shift; beyond the picture there are zeros. */
function areaSums(
  values: Float64Array,
  width: number,
  height: number,
  map: (value: number) => number,
): (x: number, y: number) => number {
  const table = new Float64Array((width + 1) * (height + 1))
  for (let y = 0; y < height; y++) {
    let row = 0
    for (let x = 0; x < width; x++) {
      row += map(values[y * width + x])
      table[(y + 1) * (width + 1) + x + 1] = table[y * (width + 1) + x + 1] + row
    }
  }
  return (x, y) => {
    const [left, right] = [Math.max(0, x), Math.min(width, x + width)]
    const [top, bottom] = [Math.max(0, y) * (width + 1), Math.min(height, y + height) * (width + 1)]
    return table[bottom + right] - table[bottom + left] - table[top + right] + table[top + left]
  }
}
