import { describe, expect, it } from 'vitest'
import { type Camera } from '../contract/files/camera.js'
import { type Vector3 } from '../contract/matrix.js'
import { assertCamera } from './assert-camera.js'
import { projectPoint } from './camera.js'
import { affine, maxDifference, transformPoint } from './matrix.js'
import { mirroredCamera, reflectionOfX } from './mirrored-camera.js'
import { rotationFromVector } from './rigid.js'

const camera: Camera = {
  schema: 'isocenter/camera@1',
  frame: 'LPS',
  imageSize: { width: 300, height: 200 },
  intrinsics: [
    [2500, 0, 120.25],
    [0, 2600, 90.5],
    [0, 0, 1],
  ],
  pixelSpacingMm: [0.4, 0.38],
  cameraFromWorld: affine(rotationFromVector([0.3, -0.5, 0.2]), [12, -8, 700]),
}

describe('mirroredCamera', () => {
  it('sees the mirrored world at the mirrored pixel, from the same distance', () => {
    const mirrored = mirroredCamera(camera)
    assertCamera(mirrored, 'The mirrored camera')
    const points: Vector3[] = [
      [0, 0, 0],
      [40, -25, 60],
      [-70, 33, -12],
    ]
    for (const point of points) {
      const before = projectPoint(camera, point)
      const after = projectPoint(mirrored, transformPoint(reflectionOfX, point))
      expect(after.pixel[0]).toBeCloseTo(299 - before.pixel[0], 9)
      expect(after.pixel[1]).toBeCloseTo(before.pixel[1], 9)
      expect(after.depthMm).toBeCloseTo(before.depthMm, 9)
    }
  })

  it('mirrored twice is itself', () => {
    const twice = mirroredCamera(mirroredCamera(camera))
    expect(twice.intrinsics).toEqual(camera.intrinsics)
    expect(maxDifference(twice.cameraFromWorld, camera.cameraFromWorld)).toBe(0)
  })
})
