import { describe, expect, it } from 'vitest'
import { type Matrix4, type Vector3 } from '../../contract/matrix.js'
import {
  affine,
  determinant3,
  diagonal3,
  identity3,
  invertAffine,
  linearPart,
  maxDifference,
  multiply3,
  multiply4,
  multiplyVector3,
  translation4,
  translationPart,
  transformPoint,
} from '../matrix.js'
import { projectPoint } from '../camera.js'
import { mirroredCamera, reflectionOfX } from '../mirrored-camera.js'
import { nearestRotation, rotationFromVector } from '../rigid.js'
import { poseThroughWarp } from './pose-through-warp.js'
import { rigidWarp, warpWarnings } from './rigid-warp.js'

const pose = affine(rotationFromVector([0.3, -1.2, 0.4]), [30, -20, 900])
const rigid = affine(rotationFromVector([-0.5, 0.2, 0.9]), [120, -300, 55])
const stretch: Matrix4 = [
  [1.04, 0.03, 0, 0],
  [0, 0.97, -0.02, 0],
  [0.01, 0, 1.1, 0],
  [0, 0, 0, 1],
]
const origin: Vector3 = [0, 0, 0]
const point: Vector3 = [12, -34, 56]

describe('poseThroughWarp', () => {
  it('puts a point of the patient where the template has it', () => {
    const worldFromPatient = poseThroughWarp(pose, rigidWarp(rigid, origin))
    const [a, b] = [
      transformPoint(pose, point),
      transformPoint(worldFromPatient, transformPoint(rigid, point)),
    ]
    a.forEach((value, axis) => {
      expect(value).toBeCloseTo(b[axis], 9)
    })
  })

  it('is undone by the inverse warp', () => {
    const there = poseThroughWarp(pose, rigidWarp(rigid, origin))
    const back = poseThroughWarp(there, rigidWarp(invertAffine(rigid), origin))
    expect(maxDifference(back, pose)).toBeLessThan(1e-12 * 1000)
  })

  it('brings a pose found on mirrored data back to the original X-ray', () => {
    const originalFromMirrored = multiply4(rigid, reflectionOfX, invertAffine(rigid))
    const camera = {
      schema: 'isocenter/camera@1',
      frame: 'LPS',
      imageSize: { width: 300, height: 200 },
      intrinsics: [
        [2000, 0, 140],
        [0, 2000, 90],
        [0, 0, 1],
      ],
      cameraFromWorld: affine(rotationFromVector([0.1, 0.2, -0.3]), [1, 2, 3]),
    } as const
    const warp = rigidWarp(originalFromMirrored, origin)
    const worldFromOriginal = poseThroughWarp(pose, warp)
    expect(determinant3(linearPart(worldFromOriginal))).toBeCloseTo(1, 12)
    expect(warpWarnings(warp)).toEqual([expect.stringContaining('mirrors')])
    const { pixel: seenMirrored } = projectPoint(mirroredCamera(camera), transformPoint(pose, point))
    const { pixel: seenOriginal } = projectPoint(
      camera,
      transformPoint(worldFromOriginal, transformPoint(originalFromMirrored, point)),
    )
    expect(seenOriginal[0]).toBeCloseTo(299 - seenMirrored[0], 9)
    expect(seenOriginal[1]).toBeCloseTo(seenMirrored[1], 9)
  })
})

describe('rigidWarp', () => {
  it("equals xvr's formula, in its own frame, also where the warp stretches", () => {
    const centre: Vector3 = [40, -25, 310]
    const patientFromTemplate = multiply4(rigid, stretch)
    const rasFromLps = affine(diagonal3(-1, -1, 1), origin)
    // T = T(-centre) D M D⁻¹ in RAS mm about the patient's centre, its linear part A replaced by R, t by R A⁻¹ t.
    const centreRas = transformPoint(rasFromLps, centre)
    const whole = multiply4(
      translation4([-centreRas[0], -centreRas[1], -centreRas[2]]),
      rasFromLps,
      patientFromTemplate,
      rasFromLps,
    )
    const rotation = nearestRotation(linearPart(whole))
    const inverse = linearPart(invertAffine(whole))
    const xvr = affine(rotation, multiplyVector3(multiply3(rotation, inverse), translationPart(whole)))
    const warp = rigidWarp(patientFromTemplate, centre)
    const ours = multiply4(
      translation4([-centreRas[0], -centreRas[1], -centreRas[2]]),
      rasFromLps,
      warp.patientFromTemplate,
      rasFromLps,
    )
    expect(maxDifference(ours, xvr)).toBeLessThan(1e-10)
  })

  it('agrees with the whole map at the anchor and says how much it leaves out', () => {
    const anchor: Vector3 = [40, -25, 310]
    const patientFromTemplate = multiply4(rigid, stretch)
    const warp = rigidWarp(patientFromTemplate, anchor)
    const templatePoint = transformPoint(invertAffine(patientFromTemplate), anchor)
    const image = transformPoint(warp.patientFromTemplate, templatePoint)
    image.forEach((value, axis) => {
      expect(value).toBeCloseTo(anchor[axis], 9)
    })
    const linear = linearPart(warp.patientFromTemplate)
    expect(
      maxDifference(multiply3(linear, linearPart(invertAffine(warp.patientFromTemplate))), identity3),
    ).toBeLessThan(1e-12)
    expect(warpWarnings(warp)).toEqual([expect.stringContaining('10.')])
    expect(warpWarnings(rigidWarp(rigid, anchor))).toEqual([])
  })

  it('refuses a map without an inverse', () => {
    expect(() => rigidWarp(affine(diagonal3(1, 0, 1), origin), origin)).toThrow("can't be inverted")
  })
})
