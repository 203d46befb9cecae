import type { SceneDocument } from '../../native-workers/contract/files/scene-document.js'
import type { Vector3 } from '../../native-workers/contract/matrix.js'
import { add, cross, dot, scale, subtract, unit } from '../geometry/math.js'
import { directionTowardsEye } from '../views/three-d/viewpoint-direction.js'

/** What an orbit keeps in sight: the C-arms too, or the volume alone. */
export type OrbitScope = 'everything' | 'volume'

export interface OrbitEye {
  readonly positionMm: Vector3
  readonly focalPointMm: Vector3
}

const up: Vector3 = [0, 0, 1]
/** Directions that are tried for the distance at which nothing leaves the picture. */
const tried = 72

/** The direction turned about the patient's long axis, to the left seen from above. */
export function turned([x, y, z]: Vector3, angleRad: number): Vector3 {
  const [cosine, sine] = [Math.cos(angleRad), Math.sin(angleRad)]
  return [cosine * x - sine * y, sine * x + cosine * y, z]
}

/**
 * Eyes on a circle round the patient's long axis, from the scene's first viewpoint on: all at the same distance, the
 * least from which everything in scope stays in sight all the way round.
 */
export function orbitOf(
  { isocentreMm, boxCornersMm, carms }: SceneDocument,
  scope: OrbitScope,
  view: { readonly viewAngleDeg: number; readonly aspect: number; readonly fill: number },
): (share: number) => OrbitEye {
  const sources = carms.map(({ sourceMm }) => sourceMm)
  const arms = scope === 'volume' ? [] : [...sources, ...carms.flatMap((carm) => carm.detectorCornersMm)]
  const points = [...boxCornersMm, ...arms]
  const centreMm = middleOf(points)
  const first = unit(directionTowardsEye(sources, isocentreMm))
  const slope = Math.tan((view.viewAngleDeg * Math.PI) / 360) * view.fill
  let distanceMm = 0
  for (let n = 0; n < tried; n++) {
    const towards = turned(first, (2 * Math.PI * n) / tried)
    const right = unit(cross(up, towards))
    const above = cross(towards, right)
    for (const point of points) {
      const offset = subtract(point, centreMm)
      const needed = Math.max(
        Math.abs(dot(offset, right)) / (slope * view.aspect),
        Math.abs(dot(offset, above)) / slope,
      )
      distanceMm = Math.max(distanceMm, needed + dot(offset, towards))
    }
  }
  return (share) => ({
    positionMm: add(centreMm, scale(turned(first, 2 * Math.PI * share), distanceMm)),
    focalPointMm: centreMm,
  })
}

function middleOf(points: readonly Vector3[]): Vector3 {
  const middle = (axis: 0 | 1 | 2): number => {
    const values = points.map((point) => point[axis])
    return (Math.min(...values) + Math.max(...values)) / 2
  }
  return [middle(0), middle(1), middle(2)]
}
