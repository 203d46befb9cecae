import { describe, expect, it } from 'vitest'
import { type Matrix4, type Vector3 } from '../../contract/matrix.js'
import { worldFromCamera } from '../../geometry/camera.js'
import {
  invertRigid,
  linearPart,
  multiply4,
  multiplyVector3,
  subtract,
  transformDirection,
  transformPoint,
  transpose3,
} from '../../geometry/matrix.js'
import { rotationAngleRad } from '../../geometry/rigid.js'
import { obliqueCamera, posedBefore } from '../../rendering/testing/analytic-volumes.js'
import { movePose, poseProblem } from '../pose-problem.js'
import { antipodalPose, candidatePoses, distinctBest, poseDistanceMm } from './candidate-poses.js'
import { haltonPoint } from '../../geometry/halton.js'

const camera = obliqueCamera(64, 64)
const centreMm: Vector3 = [12, -30, 800]
const problem = poseProblem(centreMm, camera)
const nominal = multiply4(worldFromCamera(camera), posedBefore(centreMm))
const range = { rotationDeg: [20, 10, 30], translationMm: [40, 50, 60] } as const

const angleDeg = (a: Matrix4, b: Matrix4) =>
  (rotationAngleRad(linearPart(multiply4(a, invertRigid(b)))) * 180) / Math.PI
/** The centre's displacement along columns, rows and view. */
const shiftMm = (pose: Matrix4) =>
  multiplyVector3(
    transpose3(problem.axesInWorld),
    subtract(transformPoint(pose, centreMm), transformPoint(nominal, centreMm)),
  )

describe('haltonPoint', () => {
  it('fills every axis evenly', () => {
    const points = Array.from({ length: 210 }, (_, n) => haltonPoint(n, 3))
    for (let axis = 0; axis < 6; axis++) {
      const tenths = new Array<number>(10).fill(0)
      for (const point of points) {
        expect(point[axis]).toBeGreaterThanOrEqual(0)
        expect(point[axis]).toBeLessThan(1)
        tenths[Math.floor(point[axis] * 10)]++
      }
      expect(Math.min(...tenths)).toBeGreaterThan(14)
      expect(Math.max(...tenths)).toBeLessThan(28)
    }
  })

  it('is the same for the same seed only', () => {
    expect(haltonPoint(5, 7)).toEqual(haltonPoint(5, 7))
    expect(haltonPoint(5, 7)).not.toEqual(haltonPoint(5, 8))
  })
})

describe('candidatePoses', () => {
  const poses = candidatePoses(problem, nominal, range, 200, 0)

  it('starts with the nominal pose and stays within the range', () => {
    expect(poses).toHaveLength(200)
    expect(poses[0]).toBe(nominal)
    for (const pose of poses) {
      const shift = shiftMm(pose)
      for (const axis of [0, 1, 2]) {
        expect(Math.abs(shift[axis])).toBeLessThanOrEqual(range.translationMm[axis] + 1e-9)
      }
      expect(angleDeg(pose, nominal)).toBeLessThanOrEqual(20 + 10 + 30)
    }
  })

  it('reaches near the ends of every axis', () => {
    for (const axis of [0, 1, 2]) {
      const shifts = poses.map((pose) => shiftMm(pose)[axis])
      expect(Math.max(...shifts)).toBeGreaterThan(0.9 * range.translationMm[axis])
      expect(Math.min(...shifts)).toBeLessThan(-0.9 * range.translationMm[axis])
    }
    expect(Math.max(...poses.map((pose) => angleDeg(pose, nominal)))).toBeGreaterThan(30)
  })

  it('turns about one axis only where the others have no range', () => {
    const rollOnly = { rotationDeg: [0, 0, 30], translationMm: [0, 0, 0] } as const
    const view: Vector3 = [problem.axesInWorld[0][2], problem.axesInWorld[1][2], problem.axesInWorld[2][2]]
    for (const pose of candidatePoses(problem, nominal, rollOnly, 20, 0)) {
      const turned = transformDirection(multiply4(pose, invertRigid(nominal)), view)
      expect(Math.hypot(...subtract(turned, view))).toBeLessThan(1e-9)
      expect(Math.hypot(...shiftMm(pose))).toBeLessThan(1e-9)
    }
  })
})

describe('antipodalPose', () => {
  it('is half a turn about the patient’s long axis through the centre, and twice is nothing', () => {
    const opposite = antipodalPose(problem, nominal)
    expect(angleDeg(opposite, nominal)).toBeCloseTo(180, 6)
    expect(Math.hypot(...shiftMm(opposite))).toBeLessThan(1e-9)
    const long: Vector3 = [0, 0, 1]
    const [before, after] = [nominal, opposite].map((pose) => transformDirection(pose, long))
    expect(Math.hypot(...subtract(before, after))).toBeLessThan(1e-9)
    expect(poseDistanceMm(problem, antipodalPose(problem, opposite), nominal)).toBeLessThan(1e-9)
  })
})

describe('distinctBest', () => {
  it('keeps the best of each neighbourhood, best first', () => {
    const at = (depthMm: number, loss: number) => ({
      worldFromVolume: movePose(problem, nominal, [0, 0, 0, 0, 0, depthMm]),
      loss,
    })
    const kept = distinctBest(problem, [at(0, 0.3), at(5, 0.2), at(40, 0.4), at(80, 0.1)], 2, 12)
    expect(kept.map(({ loss }) => loss)).toEqual([0.1, 0.2])
  })
})
