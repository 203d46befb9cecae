import { type Matrix4, type Vector3 } from '../../contract/matrix.js'
import { identity3, multiply4, transformPoint } from '../../geometry/matrix.js'
import { twistAbout } from '../../geometry/rigid.js'
import { type PoseProblem } from '../pose-problem.js'
import { haltonPoint } from '../../geometry/halton.js'

/** Where a search looks: half widths about a nominal pose. */
export interface SearchRange {
  /** About the patient's long axis, about the patient's left-right axis, about the view. */
  readonly rotationDeg: Vector3
  /** Along the first X-ray's columns, its rows, and its view. */
  readonly translationMm: Vector3
}

const radians = (degrees: number) => (degrees * Math.PI) / 180
const patientAxes = { long: 2, leftRight: 0 } as const

/** The pose after turning the volume about one of its own LPS axes through the twist centre. */
function turnVolume(problem: PoseProblem, pose: Matrix4, axis: 0 | 1 | 2, angleRad: number): Matrix4 {
  const rotationVector: Vector3 = [
    axis === 0 ? angleRad : 0,
    axis === 1 ? angleRad : 0,
    axis === 2 ? angleRad : 0,
  ]
  return multiply4(pose, twistAbout(problem.centreMm, identity3, rotationVector, [0, 0, 0]))
}

/** The view from the opposite side: half a turn about the patient's long axis. */
export function antipodalPose(problem: PoseProblem, worldFromVolume: Matrix4): Matrix4 {
  return turnVolume(problem, worldFromVolume, patientAxes.long, Math.PI)
}

/**
 * Poses spread evenly over the range, the nominal one first. The same seed gives the same poses.
 * Depth moves the volume along the view of the problem's first camera.
 */
export function candidatePoses(
  problem: PoseProblem,
  nominal: Matrix4,
  range: SearchRange,
  count: number,
  seed: number,
): Matrix4[] {
  return Array.from({ length: count }, (_, index) => {
    if (index === 0) return nominal
    const unit = haltonPoint(index - 1, seed).map((value) => 2 * value - 1)
    const turned = turnVolume(
      problem,
      turnVolume(problem, nominal, patientAxes.long, unit[0] * radians(range.rotationDeg[0])),
      patientAxes.leftRight,
      unit[1] * radians(range.rotationDeg[1]),
    )
    const centre = transformPoint(turned, problem.centreMm)
    const [x, y, z] = range.translationMm
    return multiply4(
      twistAbout(
        centre,
        problem.axesInWorld,
        [0, 0, unit[2] * radians(range.rotationDeg[2])],
        [unit[3] * x, unit[4] * y, unit[5] * z],
      ),
      turned,
    )
  })
}

/** Mean displacement of points around the centre between two poses, for telling candidates apart; mm. */
export function poseDistanceMm(problem: PoseProblem, a: Matrix4, b: Matrix4, radiusMm = 60): number {
  const offsets: Vector3[] = [
    [1, 0, 0],
    [-1, 0, 0],
    [0, 1, 0],
    [0, -1, 0],
    [0, 0, 1],
    [0, 0, -1],
  ]
  const [cx, cy, cz] = problem.centreMm
  const total = offsets.reduce((sum, [x, y, z]) => {
    const point: Vector3 = [cx + radiusMm * x, cy + radiusMm * y, cz + radiusMm * z]
    const [p, q] = [transformPoint(a, point), transformPoint(b, point)]
    return sum + Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2])
  }, 0)
  return total / offsets.length
}

/** Keeps the best of poses closer than `minDistanceMm` to each other, at most `count`; best first. */
export function distinctBest<Candidate extends { readonly worldFromVolume: Matrix4; readonly loss: number }>(
  problem: PoseProblem,
  candidates: readonly Candidate[],
  count: number,
  minDistanceMm = 12,
): Candidate[] {
  const kept: Candidate[] = []
  for (const candidate of candidates.toSorted((a, b) => a.loss - b.loss)) {
    if (kept.length === count) break
    const near = kept.some(
      (other) => poseDistanceMm(problem, other.worldFromVolume, candidate.worldFromVolume) < minDistanceMm,
    )
    if (!near) kept.push(candidate)
  }
  return kept
}
