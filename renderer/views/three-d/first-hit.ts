import type { Vector3 } from '../../../native-workers/contract/matrix.js'
import type { DisplayVolume } from '../../data/display-volume.js'
import type { Bounds } from '../../geometry/grid.js'
import { indexFromVolume } from '../../geometry/grid.js'
import { add, scale, transformPoint } from '../../geometry/math.js'
import type { Ray } from './viewing-ray.js'

/** Halvings of a step once the surface was passed. */
const refinements = 12

/** The part of a ray inside of bounds, as distances from its origin; null where it misses them. */
function within({ originMm, direction }: Ray, { minMm, maxMm }: Bounds): readonly [number, number] | null {
  let near = 0
  let far = Infinity
  for (const axis of [0, 1, 2] as const) {
    if (direction[axis] === 0) {
      if (originMm[axis] < minMm[axis] || originMm[axis] > maxMm[axis]) return null
      continue
    }
    const a = (minMm[axis] - originMm[axis]) / direction[axis]
    const b = (maxMm[axis] - originMm[axis]) / direction[axis]
    near = Math.max(near, Math.min(a, b))
    far = Math.min(far, Math.max(a, b))
  }
  return near < far ? [near, far] : null
}

/**
 * Where a ray first enters what `isInside` says is inside, LPS mm, to a small part of `stepMm`; things thinner than
 * that along the ray may be missed. Null where it enters nothing within the bounds.
 */
export function firstHit(
  ray: Ray,
  bounds: Bounds,
  stepMm: number,
  isInside: (pointMm: Vector3) => boolean,
): Vector3 | null {
  const span = within(ray, bounds)
  if (span === null) return null
  const at = (distance: number): Vector3 => add(ray.originMm, scale(ray.direction, distance))
  for (let distance = span[0]; distance <= span[1]; distance += stepMm) {
    if (!isInside(at(distance))) continue
    let [outside, inside] = [Math.max(span[0], distance - stepMm), distance]
    for (let count = 0; count < refinements; count++) {
      const middle = (outside + inside) / 2
      if (isInside(at(middle))) inside = middle
      else outside = middle
    }
    return at(inside)
  }
  return null
}

/** The CT's value at a place, between its voxels; -Infinity outside. */
export function valueSampler({ grid, voxels }: DisplayVolume): (pointMm: Vector3) => number {
  const toIndex = indexFromVolume(grid)
  const [nx, ny, nz] = grid.size
  return (pointMm) => {
    const [x, y, z] = transformPoint(toIndex, pointMm)
    if (x < 0 || y < 0 || z < 0 || x > nx - 1 || y > ny - 1 || z > nz - 1) return -Infinity
    const [i, j, k] = [
      Math.min(Math.floor(x), Math.max(0, nx - 2)),
      Math.min(Math.floor(y), Math.max(0, ny - 2)),
      Math.min(Math.floor(z), Math.max(0, nz - 2)),
    ]
    let value = 0
    for (let corner = 0; corner < 8; corner++) {
      const [a, b, c] = [corner & 1, (corner >> 1) & 1, corner >> 2]
      const weight =
        (a === 1 ? x - i : 1 - x + i) * (b === 1 ? y - j : 1 - y + j) * (c === 1 ? z - k : 1 - z + k)
      if (weight !== 0) value += weight * (voxels[((k + c) * ny + j + b) * nx + i + a] ?? 0)
    }
    return value
  }
}
