import { describe, expect, it } from 'vitest'
import { type Matrix4, type Vector3 } from '../../contract/matrix.js'
import { trainingDetectorSchema } from '../../contract/training/configuration.js'
import { affine, maxDifference, multiply4, transformPoint } from '../../geometry/matrix.js'
import { rotationFromVector } from '../../geometry/rigid.js'
import { projectCameraPoint } from '../../geometry/camera.js'
import { detectorCamera } from '../sampling/network-frame.js'
import { meanPose } from './mean-pose.js'
import { turnedViews } from './turned-views.js'

const camera = detectorCamera(trainingDetectorSchema.parse({ sddMm: 1000, height: 64, delxMm: 4 }))

/** A smooth spot where a point is seen. */
function spotAt([u, v]: readonly [number, number]): Float32Array {
  return Float32Array.from({ length: 64 * 64 }, (_, n) =>
    Math.exp(-(((n % 64) - u) ** 2 + (Math.floor(n / 64) - v) ** 2) / 18),
  )
}

function centreOf(pixels: Float32Array): [number, number] {
  let [sum, u, v] = [0, 0, 0]
  for (const [n, value] of pixels.entries()) {
    sum += value
    u += value * (n % 64)
    v += value * Math.floor(n / 64)
  }
  return [u / sum, v / sum]
}

describe('turned views', () => {
  it('show a point where the turned camera sees it', () => {
    const point: Vector3 = [12, -9, 800]
    const [plain, ...turned] = turnedViews(spotAt(projectCameraPoint(camera, point).pixel), camera)
    expect(plain.turnedFromCamera).toEqual(rotationFromVector([0, 0, 0]))
    expect(turned).toHaveLength(6)
    for (const { turnedFromCamera, pixels } of turned) {
      const expected = projectCameraPoint(
        camera,
        transformPoint(affine(turnedFromCamera, [0, 0, 0]), point),
      ).pixel
      const seen = centreOf(pixels)
      expect(Math.hypot(seen[0] - expected[0], seen[1] - expected[1])).toBeLessThan(0.1)
      expect(seen).not.toEqual(centreOf(plain.pixels))
    }
  })

  it('fill what was not recorded with the least value', () => {
    const ramp = Float32Array.from({ length: 64 * 64 }, (_, n) => 5 + n)
    for (const { pixels } of turnedViews(ramp, camera)) expect(Math.min(...pixels)).toBe(5)
  })
})

describe('the mean of poses', () => {
  const point: Vector3 = [30, -20, 310]
  const pose: Matrix4 = affine(rotationFromVector([0.4, -1.1, 0.6]), [15, 30, 850])

  it('is the pose that they lie about', () => {
    const around = [0, 1, 2].flatMap((axis) =>
      [0.05, -0.05].map((angle): Matrix4 => {
        const turn: [number, number, number] = [0, 0, 0]
        turn[axis] = angle
        const rotation = rotationFromVector(turn)
        const centre = transformPoint(pose, point)
        const [x, y, z] = transformPoint(affine(rotation, [0, 0, 0]), centre)
        const back = affine(rotation, [centre[0] - x + angle, centre[1] - y - angle, centre[2] - z])
        return multiply4(back, pose)
      }),
    )
    expect(maxDifference(meanPose(around, point), pose)).toBeLessThan(1e-9)
  })

  it('of one pose is that pose', () => {
    expect(maxDifference(meanPose([pose], point), pose)).toBeLessThan(1e-9)
  })
})
