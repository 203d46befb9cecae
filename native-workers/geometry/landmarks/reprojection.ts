import { type Matrix4, type Vector2, type Vector3 } from '../../contract/matrix.js'
import { intrinsicNumbers, projectPoint } from '../camera.js'
import { cross, dot, linearPart, subtract, transformPoint, transpose3 } from '../matrix.js'
import { type LandmarkPair, type LandmarkView } from './landmark-pairs.js'

/** One pair with the view that sees it. */
export interface Sighting {
  readonly view: LandmarkView
  readonly viewIndex: number
  readonly pair: LandmarkPair
}

export const sightingsOf = (views: readonly LandmarkView[]): Sighting[] =>
  views.flatMap((view, viewIndex) => view.pairs.map((pair) => ({ view, viewIndex, pair })))

/** Projected minus marked pixel; infinite for a point behind the source. */
export function reprojectionError({ view, pair }: Sighting, worldFromVolume: Matrix4): Vector2 {
  const { pixel, depthMm } = projectPoint(view.camera, transformPoint(worldFromVolume, pair.position))
  if (!(depthMm > 0)) return [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  return [pixel[0] - pair.pixel[0], pixel[1] - pair.pixel[1]]
}

/** Rows d(u)/d(twist) and d(v)/d(twist) of six: rotation vector (rad) about `centre`, then translation (mm), world axes. */
export function reprojectionJacobian(
  { view, pair }: Sighting,
  worldFromVolume: Matrix4,
  centre: Vector3,
): readonly [readonly number[], readonly number[]] {
  const { fx, fy } = intrinsicNumbers(view.camera)
  const world = transformPoint(worldFromVolume, pair.position)
  const [x, y, z] = transformPoint(view.camera.cameraFromWorld, world)
  const worldFromCamera = transpose3(linearPart(view.camera.cameraFromWorld))
  const arm = subtract(world, centre)
  const row = (byCameraPosition: Vector3): number[] => {
    const byWorldPosition: Vector3 = [
      dot(worldFromCamera[0], byCameraPosition),
      dot(worldFromCamera[1], byCameraPosition),
      dot(worldFromCamera[2], byCameraPosition),
    ]
    return [...cross(arm, byWorldPosition), ...byWorldPosition]
  }
  return [row([fx / z, 0, (-fx * x) / z ** 2]), row([0, fy / z, (-fy * y) / z ** 2])]
}
