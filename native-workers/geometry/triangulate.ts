import { type Camera } from '../contract/files/camera.js'
import { type Matrix3, type Vector2, type Vector3 } from '../contract/matrix.js'
import { rayInWorld } from './camera.js'
import { add, determinant3, invert3, multiplyVector3, norm, scale, subtract } from './matrix.js'

/** Below this determinant of the mean projector the rays are parallel to about half a degree. */
const parallelLimit = 1e-5

/**
 * The world point (mm) closest to the rays of its pixels in two or more calibrated views, and its root mean
 * square distance from them; null where the rays are nearly parallel.
 */
export function triangulate(
  sightings: readonly { camera: Camera; pixel: Vector2 }[],
): { point: Vector3; gapMm: number } | null {
  const rays = sightings.map(({ camera, pixel }) => rayInWorld(camera, pixel))
  const projectors = rays.map(({ direction }) => projectorAcross(direction))
  const sum = projectors.reduce(addMatrices)
  if (determinant3(sum) < parallelLimit * rays.length ** 3) return null
  const right = rays.reduce<Vector3>(
    (total, ray, i) => add(total, multiplyVector3(projectors[i], ray.source)),
    [0, 0, 0],
  )
  const point = multiplyVector3(invert3(sum), right)
  const gaps = rays.map((ray, i) => norm(multiplyVector3(projectors[i], subtract(point, ray.source))))
  return { point, gapMm: Math.hypot(...gaps) / Math.sqrt(rays.length) }
}

/** I - d d^T: what of a vector lies across the direction d. */
function projectorAcross(d: Vector3): Matrix3 {
  const row = (r: 0 | 1 | 2): Vector3 => {
    const unit: Vector3 = [r === 0 ? 1 : 0, r === 1 ? 1 : 0, r === 2 ? 1 : 0]
    return subtract(unit, scale(d, d[r]))
  }
  return [row(0), row(1), row(2)]
}

const addMatrices = (a: Matrix3, b: Matrix3): Matrix3 => [add(a[0], b[0]), add(a[1], b[1]), add(a[2], b[2])]
