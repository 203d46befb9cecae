import { describe, expect, it } from 'vitest'
import { type Vector3 } from '../../contract/matrix.js'
import { assertCamera } from '../assert-camera.js'
import { projectPoint } from '../camera.js'
import { affine, invertRigid, multiply4, transformPoint } from '../matrix.js'
import { rotationFromVector } from '../rigid.js'
import { cameraFromDeepfluoro, poseFromDeepfluoro } from './deepfluoro.js'

describe("DeepFluoro's geometry", () => {
  const projection = {
    extrinsic: affine(rotationFromVector([0.02, -0.01, 0.03]), [3, -2, -5]),
    intrinsic: [
      [-5257.7, 0, 767.5],
      [0, -5257.7, 700.25],
      [0, 0, 1],
    ],
    imageSize: { width: 1536, height: 1436 },
    pixelSpacingMm: [0.194, 0.194],
    camToVolume: affine(rotationFromVector([1.4, 0.2, -0.3]), [20, 600, -310]),
  } as const
  const { cameraFromVolume, mirroredColumns } = poseFromDeepfluoro(projection)
  const camera = { ...cameraFromDeepfluoro(projection), cameraFromWorld: cameraFromVolume }

  it('puts points at the columns and rows that its own matrices give', () => {
    assertCamera(camera)
    const theirs = multiply4(projection.extrinsic, invertRigid(projection.camToVolume))
    const inVolume = invertRigid(theirs)
    for (const inTheirCamera of [
      [0, 0, -700],
      [60, 0, -700],
      [0, 45, -800],
      [-30, 20, -650],
    ] satisfies Vector3[]) {
      const [x, y, z] = inTheirCamera
      const { pixel, depthMm } = projectPoint(camera, transformPoint(inVolume, inTheirCamera))
      expect(depthMm).toBeCloseTo(-z, 9)
      const column = mirroredColumns ? 1535 - pixel[0] : pixel[0]
      expect(column).toBeCloseTo((-5257.7 * x) / z + 767.5, 8)
      expect(pixel[1]).toBeCloseTo((-5257.7 * y) / z + 700.25, 8)
    }
  })

  it('counts columns to the side of x and rows to the side of y', () => {
    const inVolume = invertRigid(multiply4(projection.extrinsic, invertRigid(projection.camToVolume)))
    const aside = projectPoint(camera, transformPoint(inVolume, [50, 30, -700])).pixel
    expect(1535 - aside[0]).toBeGreaterThan(767.5)
    expect(aside[1]).toBeGreaterThan(700.25)
  })
})
