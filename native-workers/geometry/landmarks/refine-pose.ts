import { type Matrix4, type Vector3 } from '../../contract/matrix.js'
import { solvePositiveDefinite } from '../linear-solve.js'
import { centroid, identity3, multiply4, transformPoint } from '../matrix.js'
import { twistAbout } from '../rigid.js'
import { reprojectionError, reprojectionJacobian, type Sighting } from './reprojection.js'

const maxSteps = 100
const smallestDamping = 1e-12
const largestDamping = 1e12

/** The sum of squared reprojection errors, px^2; infinite where a point lies behind its source. */
export function reprojectionCost(sightings: readonly Sighting[], worldFromVolume: Matrix4): number {
  return sightings.reduce(
    (sum, sighting) => sum + Math.hypot(...reprojectionError(sighting, worldFromVolume)) ** 2,
    0,
  )
}

/**
 * Levenberg-Marquardt (Marquardt 1963) on the reprojection error of all sightings, in float64, from a pose under
 * which all of them lie in front of their sources. Returns the best pose met.
 */
export function refinePose(sightings: readonly Sighting[], start: Matrix4): Matrix4 {
  let pose = start
  let cost = reprojectionCost(sightings, pose)
  let damping = 1e-3
  for (let step = 0; step < maxSteps && damping < largestDamping && Number.isFinite(cost); step++) {
    const centre = centroid(sightings.map(({ pair }) => transformPoint(pose, pair.position)))
    const twist = dampedStep(sightings, pose, centre, damping)
    const moved =
      twist === null
        ? pose
        : multiply4(twistAbout(centre, identity3, twist.rotation, twist.translation), pose)
    const movedCost = reprojectionCost(sightings, moved)
    if (movedCost < cost) {
      const gain = cost - movedCost
      ;[pose, cost] = [moved, movedCost]
      damping = Math.max(damping / 10, smallestDamping)
      if (gain <= 1e-15 * cost) break
    } else {
      damping *= 10
    }
  }
  return pose
}

function dampedStep(
  sightings: readonly Sighting[],
  pose: Matrix4,
  centre: Vector3,
  damping: number,
): { rotation: Vector3; translation: Vector3 } | null {
  const normal = Array.from({ length: 6 }, () => new Array<number>(6).fill(0))
  const right = new Array<number>(6).fill(0)
  for (const sighting of sightings) {
    const errors = reprojectionError(sighting, pose)
    reprojectionJacobian(sighting, pose, centre).forEach((row, axis) => {
      row.forEach((a, r) => {
        right[r] -= a * errors[axis]
        row.forEach((b, c) => {
          normal[r][c] += a * b
        })
      })
    })
  }
  normal.forEach((row, r) => {
    row[r] *= 1 + damping
  })
  const solution = solvePositiveDefinite(normal, right)
  if (solution === null) return null
  const [a, b, c, x, y, z] = solution
  return { rotation: [a, b, c], translation: [x, y, z] }
}
