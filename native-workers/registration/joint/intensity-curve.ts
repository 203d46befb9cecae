import { type GreyPicture } from '../../imaging/picture/area-resample.js'

/**
 * A rising piecewise-linear curve over an X-ray's intensities with its ends held: at even shares of the range, how much
 * the height there departs from the straight line, as a share of the range.
 */
export interface IntensityCurve {
  readonly low: number
  readonly high: number
  readonly departures: Float64Array
}

export const interiorKnots = 5
/** How far the curve is expected to leave the straight line. */
export const departureSpread = 0.2
/** Least slope of a piece against the straight line's, so that no intensities become one. */
const minimumSlope = 0.02

/** The straight line over the valid pixels' range. */
export function straightCurve({ pixels, valid }: GreyPicture): IntensityCurve {
  let [low, high] = [Infinity, -Infinity]
  for (let n = 0; n < pixels.length; n++) {
    if (valid[n] === 0) continue
    low = Math.min(low, pixels[n])
    high = Math.max(high, pixels[n])
  }
  if (!(high > low)) [low, high] = [0, 1]
  return { low, high, departures: new Float64Array(interiorKnots) }
}

/** An intensity through the curve; beyond its ends as it is. */
export function throughCurve({ low, high, departures }: IntensityCurve, value: number): number {
  const { knot, share } = placeOf(low, high, value)
  const departure = (1 - share) * (departures[knot - 1] ?? 0) + share * (departures[knot] ?? 0)
  return value + (high - low) * departure
}

/** A picture through the curve. */
export function curvedPicture(picture: GreyPicture, curve: IntensityCurve): GreyPicture {
  return { ...picture, pixels: picture.pixels.map((value) => throughCurve(curve, value)) }
}

/** How a picture's pixels change with each departure. */
export function curveColumns({ pixels }: GreyPicture, { low, high }: IntensityCurve): Float32Array[] {
  const columns = Array.from({ length: interiorKnots }, () => new Float32Array(pixels.length))
  for (let n = 0; n < pixels.length; n++) {
    const { knot, share } = placeOf(low, high, pixels[n])
    if (knot >= 1) columns[knot - 1][n] = (1 - share) * (high - low)
    if (knot < interiorKnots) columns[knot][n] = share * (high - low)
  }
  return columns
}

/** The piece of the curve that a value lies on (0 to `interiorKnots`), and how far along it, 0..1. */
function placeOf(low: number, high: number, value: number): { knot: number; share: number } {
  const pieces = interiorKnots + 1
  const position = Math.min(pieces, Math.max(0, ((value - low) / (high - low)) * pieces))
  const knot = Math.min(interiorKnots, Math.floor(position))
  return { knot, share: position - knot }
}

/** The nearest departures (least squares) whose curve rises: pools neighbours that fall (isotonic regression). */
export function risingDepartures(departures: Float64Array): Float64Array {
  const pieces = departures.length + 1
  const slack = (n: number) => (minimumSlope * (n + 1)) / pieces
  const heights = departures.map((departure, n) => (n + 1) / pieces + departure - slack(n))
  const blocks: { sum: number; count: number }[] = []
  for (const height of heights) {
    let block = { sum: height, count: 1 }
    for (let before = blocks.at(-1); before !== undefined; before = blocks.at(-1)) {
      if (before.sum / before.count <= block.sum / block.count) break
      blocks.pop()
      block = { sum: block.sum + before.sum, count: block.count + before.count }
    }
    blocks.push(block)
  }
  const rising = blocks.flatMap(({ sum, count }) =>
    Array.from({ length: count }, () => Math.min(1 - minimumSlope, Math.max(0, sum / count))),
  )
  return Float64Array.from(rising, (height, n) => height + slack(n) - (n + 1) / pieces)
}

/** The curve in words: where shares of the intensity range went. */
export function describeCurve({ departures }: IntensityCurve): string {
  const pieces = interiorKnots + 1
  const percent = (share: number) => `${Math.round(100 * share)} %`
  const pairs = Array.from(departures, (departure, n) => {
    const share = (n + 1) / pieces
    return `${percent(share)} to ${percent(share + departure)}`
  })
  return `The X-ray’s intensities were bent by a rising curve that was fitted with the pose; of their range it takes ${pairs.join(', ')}.`
}
