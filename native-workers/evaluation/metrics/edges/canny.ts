import { percentile } from '../percentile.js'
import { gaussianBlur } from './gaussian.js'

const sigmaPixels = 2
/** Quantiles of the slopes from which an edge starts, and down to which it goes on. */
const quantiles = { low: 0.9, high: 0.95 } as const
/** Of pictures in 0..1: what is less comes from rounding. */
const leastSlope = 1e-9
const epsilon = 2 ** -52

/**
 * Edges by Canny (1986, doi 10.1109/TPAMI.1986.4767851) of a picture in 0..1, row-major: Gaussian of 2 pixels that ignores pixels which do
 * not count, Sobel slopes, thinning by interpolation along the slope, hysteresis. The thresholds are quantiles of the
 * slopes, so that an X-ray and a DRR of other contrast have about as many edges. Pixels at the border of the picture or
 * of the mask are never edges, and do not count for the quantiles. 1 = edge.
 */
export function cannyEdges(
  pixels: ArrayLike<number>,
  width: number,
  height: number,
  valid?: ArrayLike<number>,
): Uint8Array {
  const length = width * height
  const weights = Float64Array.from({ length }, (_, n) => (valid?.[n] === 0 ? 0 : 1))
  const covered = gaussianBlur(weights, width, height, sigmaPixels)
  const blurred = gaussianBlur(
    weights.map((weight, n) => weight * pixels[n]),
    width,
    height,
    sigmaPixels,
  )
  const smooth = blurred.map((value, n) => value / (covered[n] + epsilon))
  const slopeX = sobel(smooth, width, height, 'x')
  const slopeY = sobel(smooth, width, height, 'y')
  const magnitude = slopeX.map((value, n) => Math.hypot(value, slopeY[n]))
  const inner = innerPixels(weights, width, height)
  const slopes = inner.map((n) => magnitude[n])
  if (slopes.length === 0) return new Uint8Array(length)
  const [low, high] = [percentile(slopes, quantiles.low), percentile(slopes, quantiles.high)]
  const ridges = new Uint8Array(length)
  for (const n of inner) {
    const isEdge = magnitude[n] > leastSlope && magnitude[n] >= low
    if (isEdge && isRidge(magnitude, slopeX[n], slopeY[n], n, width)) ridges[n] = 1
  }
  return connectedToStrong(ridges, magnitude, high, width)
}

/** Sobel derivative; the border's pixels are repeated outwards. */
function sobel(values: Float64Array, width: number, height: number, axis: 'x' | 'y'): Float64Array {
  const out = new Float64Array(values.length)
  for (let y = 0; y < height; y++) {
    const rows = [Math.max(0, y - 1) * width, y * width, Math.min(height - 1, y + 1) * width] as const
    for (let x = 0; x < width; x++) {
      const columns = [Math.max(0, x - 1), x, Math.min(width - 1, x + 1)] as const
      const across = (n: 0 | 1 | 2) =>
        axis === 'x'
          ? values[rows[n] + columns[2]] - values[rows[n] + columns[0]]
          : values[rows[2] + columns[n]] - values[rows[0] + columns[n]]
      out[y * width + x] = across(0) + 2 * across(1) + across(2)
    }
  }
  return out
}

/** Pixels that count and whose eight neighbours do. */
function innerPixels(weights: Float64Array, width: number, height: number): number[] {
  const inner: number[] = []
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      if (isSurrounded(weights, y * width + x, width)) inner.push(y * width + x)
    }
  }
  return inner
}

function isSurrounded(weights: Float64Array, n: number, width: number): boolean {
  for (const row of [n - width, n, n + width]) {
    if (weights[row - 1] === 0 || weights[row] === 0 || weights[row + 1] === 0) return false
  }
  return true
}

/** No smaller than the magnitudes one pixel up and down the slope, interpolated between the two nearest pixels. */
function isRidge(magnitude: Float64Array, slopeX: number, slopeY: number, n: number, width: number): boolean {
  const [alongX, alongY] = [Math.abs(slopeX), Math.abs(slopeY)]
  const straight = alongY >= alongX ? width : 1
  const diagonal = slopeX * slopeY >= 0 ? width + 1 : straight === width ? width - 1 : 1 - width
  const share = Math.min(alongX, alongY) / Math.max(alongX, alongY)
  const beside = (sign: 1 | -1) =>
    share * magnitude[n + sign * diagonal] + (1 - share) * magnitude[n + sign * straight]
  return beside(1) <= magnitude[n] && beside(-1) <= magnitude[n]
}

/** The ridges that touch, also over corners, one of high magnitude. */
function connectedToStrong(
  ridges: Uint8Array,
  magnitude: Float64Array,
  high: number,
  width: number,
): Uint8Array {
  const edges = ridges.map((ridge, n) => (ridge === 1 && magnitude[n] >= high ? 1 : 0))
  const open = [...edges.keys()].filter((n) => edges[n] === 1)
  for (let n = open.pop(); n !== undefined; n = open.pop()) {
    for (const row of [n - width, n, n + width]) {
      for (const next of [row - 1, row, row + 1]) {
        if (ridges[next] !== 1 || edges[next] === 1) continue
        edges[next] = 1
        open.push(next)
      }
    }
  }
  return edges
}
