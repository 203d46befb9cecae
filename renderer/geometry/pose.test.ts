import { describe, expect, it } from 'vitest'
import type { Matrix4, Vector3 } from '../../native-workers/contract/matrix.js'
import {
  compose,
  identity4,
  largestDifference,
  multiply4,
  rotationFromVector,
  transformPoint,
} from './math.js'
import { cameraFromVolumeOf, poseNumbersOf, stepped } from './pose.js'

const isocentre: Vector3 = [11, -40, 205]
const pose = { xMm: 4, yMm: -9, zMm: 760, tiltDeg: 12, turnDeg: -33, rollDeg: 7 }
const cameraFromWorld: Matrix4 = compose(rotationFromVector([0.2, 1.3, -0.4]), [80, -20, 900])

describe('pose numbers', () => {
  it('puts the AP source in front of the patient with the left side on the right of the image', () => {
    const m = cameraFromVolumeOf({ xMm: 0, yMm: 0, zMm: 800, tiltDeg: 0, turnDeg: 0, rollDeg: 0 }, isocentre)
    expect(transformPoint(m, isocentre)).toEqual([0, 0, 800])
    const left = transformPoint(m, [isocentre[0] + 10, isocentre[1], isocentre[2]])
    const superior = transformPoint(m, [isocentre[0], isocentre[1], isocentre[2] + 10])
    const anterior = transformPoint(m, [isocentre[0], isocentre[1] - 10, isocentre[2]])
    expect(left[0]).toBeCloseTo(10, 12)
    expect(superior[1]).toBeCloseTo(-10, 12)
    expect(anterior[2]).toBeCloseTo(790, 12)
  })

  it('come back from the matrix', () => {
    const back = poseNumbersOf(cameraFromVolumeOf(pose, isocentre), isocentre)
    for (const key of ['xMm', 'yMm', 'zMm', 'tiltDeg', 'turnDeg', 'rollDeg'] as const) {
      expect(back[key]).toBeCloseTo(pose[key], 10)
    }
  })

  it('keep the same matrix at a tilt of 90 degrees, where turn and roll act alike', () => {
    const matrix = cameraFromVolumeOf({ ...pose, tiltDeg: 90 }, isocentre)
    const again = cameraFromVolumeOf(poseNumbersOf(matrix, isocentre), isocentre)
    expect(largestDifference(again, matrix)).toBeLessThan(1e-6)
  })
})

describe('a step in camera axes', () => {
  it('moves the isocentre by the translation, whatever the rotation', () => {
    const before = transformPoint(multiply4(cameraFromWorld, identity4), isocentre)
    const next = stepped(identity4, cameraFromWorld, isocentre, {
      rotationDeg: [10, -20, 30],
      translationMm: [1, 2, 3],
    })
    const after = transformPoint(multiply4(cameraFromWorld, next), isocentre)
    expect(after[0] - before[0]).toBeCloseTo(1, 10)
    expect(after[1] - before[1]).toBeCloseTo(2, 10)
    expect(after[2] - before[2]).toBeCloseTo(3, 10)
  })

  it('is undone by the opposite rotation', () => {
    const turn = (degrees: number, from: Matrix4): Matrix4 =>
      stepped(from, cameraFromWorld, isocentre, { rotationDeg: [0, degrees, 0], translationMm: [0, 0, 0] })
    expect(largestDifference(turn(-25, turn(25, identity4)), identity4)).toBeLessThan(1e-12)
  })
})
