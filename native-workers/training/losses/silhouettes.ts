import { silhouetteScale } from '../rendering/silhouette-camera.js'

/** A soft silhouette: 1 - exp(-path / length), 0..1. */
export function softSilhouette(pathsMm: ArrayLike<number>, lengthMm: number): Float64Array {
  const soft = new Float64Array(pathsMm.length)
  for (let n = 0; n < soft.length; n++) soft[n] = 1 - Math.exp(-pathsMm[n] / lengthMm)
  return soft
}

/** Erosions of the reference's distance transform, in pixels of the pictures. */
const farthest = 10
/** Silhouettes above this are inside. */
const insideLevel = 0.5

/**
 * How many erosions by 3 x 3 a pixel outside a silhouette survives, 0 inside and at most 10: the distance over the larger
 * of columns and rows, in pixels of the full pictures.
 */
export function distanceOutside(soft: Float64Array, width: number, height: number): Float64Array {
  const distance = new Float64Array(soft.length)
  for (let n = 0; n < soft.length; n++) distance[n] = soft[n] > insideLevel ? 0 : farthest
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) relax(distance, width, column, row, -1)
  for (let row = height - 1; row >= 0; row--)
    for (let column = width - 1; column >= 0; column--) relax(distance, width, column, row, 1)
  return distance
}

/** Takes over the shortest way through the four neighbours that a pass in `direction` has been to. */
function relax(distance: Float64Array, width: number, column: number, row: number, direction: 1 | -1): void {
  const n = row * width + column
  const before = n + direction
  const beside = n + direction * width
  let least = distance[n] - silhouetteScale
  if (column + direction >= 0 && column + direction < width) least = Math.min(least, distance[before])
  if (beside >= 0 && beside < distance.length) {
    least = Math.min(least, distance[beside])
    if (column > 0) least = Math.min(least, distance[beside - 1])
    if (column < width - 1) least = Math.min(least, distance[beside + 1])
  }
  distance[n] = least + silhouetteScale
}

/** A loss and its slope to each pixel of the predicted silhouette. */
export interface SilhouetteLoss {
  readonly value: number
  readonly slopes: Float64Array
}

/** 1 - 2 sum(ab) / (sum(aa) + sum(bb)): 0 where both are equal, 1 where they do not meet. */
export function diceLoss(target: Float64Array, predicted: Float64Array): SilhouetteLoss {
  let [both, squares] = [0, 0]
  for (let n = 0; n < target.length; n++) {
    both += target[n] * predicted[n]
    squares += target[n] ** 2 + predicted[n] ** 2
  }
  const slopes = new Float64Array(target.length)
  if (squares === 0) return { value: 0, slopes }
  for (let n = 0; n < slopes.length; n++)
    slopes[n] = (-2 * target[n]) / squares + (4 * both * predicted[n]) / squares ** 2
  return { value: 1 - (2 * both) / squares, slopes }
}

/** mean((b - a)^2 (D(a)^2 + D(b)^2)) with the distances held still (Karimi and Salcudean 2019; specification §2.4). */
export function hausdorffLoss(
  target: Float64Array,
  predicted: Float64Array,
  width: number,
  height: number,
): SilhouetteLoss {
  const [fromTarget, fromPredicted] = [target, predicted].map((soft) => distanceOutside(soft, width, height))
  const slopes = new Float64Array(target.length)
  let value = 0
  for (let n = 0; n < slopes.length; n++) {
    const difference = predicted[n] - target[n]
    const weight = (fromTarget[n] ** 2 + fromPredicted[n] ** 2) / slopes.length
    value += weight * difference ** 2
    slopes[n] = 2 * weight * difference
  }
  return { value, slopes }
}
