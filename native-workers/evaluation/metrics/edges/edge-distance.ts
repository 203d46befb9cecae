import { type Vector2 } from '../../../contract/matrix.js'
import { type ImagePair } from '../../../similarity/image-pair.js'
import { cannyEdges } from './canny.js'
import { distanceToMarked } from './distance-transform.js'

/** Unit of both: pixels, and mm on the detector where its pitch is known. */
export interface EdgeDistance {
  readonly pixels: number
  readonly detectorMm: number | null
}

/**
 * Mean symmetric distance between the Canny edges of two pictures in 0..1: the mean distance of the edge pixels of each
 * to the nearest one of the other, averaged over both ways. Null where a picture has no edge.
 * @param pitchMm [column, row] of these pictures on the detector
 */
export function edgeDistance(pair: ImagePair, pitchMm: Vector2 | undefined): EdgeDistance | null {
  const { width, height, valid } = pair
  const fixed = cannyEdges(pair.fixed, width, height, valid)
  const moving = cannyEdges(pair.moving, width, height, valid)
  if (!fixed.includes(1) || !moving.includes(1)) return null
  const symmetric = (pitch: Vector2) =>
    (meanOver(fixed, distanceToMarked(moving, width, height, pitch)) +
      meanOver(moving, distanceToMarked(fixed, width, height, pitch))) /
    2
  return { pixels: symmetric([1, 1]), detectorMm: pitchMm === undefined ? null : symmetric(pitchMm) }
}

function meanOver(marked: Uint8Array, values: Float64Array): number {
  let [sum, count] = [0, 0]
  for (let n = 0; n < marked.length; n++) {
    if (marked[n] === 0) continue
    sum += values[n]
    count++
  }
  return sum / count
}
