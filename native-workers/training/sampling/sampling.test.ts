import { describe, expect, it } from 'vitest'
import { type Vector3 } from '../../contract/matrix.js'
import { type DiffdrrOrientation, poseFromDiffdrr } from '../../geometry/adapters/diffdrr.js'
import { maxDifference } from '../../geometry/matrix.js'
import { parameterizationNames } from '../../geometry/rotations/parameterization.js'
import { randomStream } from '../random/random-stream.js'
import { type NetworkFrame, outputCount } from './network-frame.js'
import { extrinsicFromOutputs, poseFromExtrinsic } from './pose-from-outputs.js'
import { diffdrrPose, samplePoseNumbers, wrappedDeg } from './sample-pose.js'
import { extrinsicFromDiffdrr, targetsFromExtrinsic } from './targets-from-pose.js'

const isocentreMm: Vector3 = [12, -40, 830]
const range = {
  r1Deg: [-30, 30],
  r2Deg: [-15, 15],
  r3Deg: [150, 210],
  txMm: [-100, 100],
  tyMm: [700, 900],
  tzMm: [5, 5],
} satisfies Parameters<typeof samplePoseNumbers>[0]

const sides = (['AP', 'PA', 'none'] as const satisfies readonly DiffdrrOrientation[]).flatMap((orientation) =>
  [true, false].map((reverseXAxis) => ({ orientation, reverseXAxis })),
)

describe('samplePoseNumbers', () => {
  it('fills the ranges, wraps the angles and repeats itself', () => {
    const random = randomStream(1)
    const poses = Array.from({ length: 400 }, () => samplePoseNumbers(range, random))
    expect(samplePoseNumbers(range, randomStream(1))).toEqual(poses[0])
    const of = (value: (pose: (typeof poses)[0]) => number) => poses.map(value)
    const expectWithin = (values: number[], low: number, high: number) => {
      expect(Math.min(...values)).toBeGreaterThanOrEqual(low)
      expect(Math.max(...values)).toBeLessThan(high)
      expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(0.9 * (high - low))
    }
    expectWithin(
      of((pose) => pose.rotationDeg[0]),
      -30,
      30,
    )
    expectWithin(
      of((pose) => pose.translationMm[1]),
      700,
      900,
    )
    expect(of((pose) => pose.translationMm[2]).every((tz) => tz === 5)).toBe(true)
    const third = of((pose) => pose.rotationDeg[2])
    expect(third.every((angle) => angle >= 150 || angle < -150)).toBe(true)
    expect(third.every((angle) => angle >= -180 && angle < 180)).toBe(true)
  })

  it('wraps to -180 <= a < 180', () => {
    expect([180, -180, 190, -190, 540, 0].map(wrappedDeg)).toEqual([-180, -180, -170, 170, -180, 0])
  })
})

describe.each(sides)('poses of $orientation, reversed columns $reverseXAxis', (side) => {
  it.each(parameterizationNames)('go through the numbers of %s and back', (parameterization) => {
    const frame: NetworkFrame = {
      side,
      network: { parameterization, convention: 'ZXY', unitConversionFactor: 1000 },
    }
    const random = randomStream(2)
    for (let n = 0; n < 20; n++) {
      const pose = diffdrrPose(samplePoseNumbers(range, random), side)
      const extrinsic = extrinsicFromDiffdrr(pose)
      const targets = targetsFromExtrinsic(extrinsic, frame)
      expect(targets).toHaveLength(outputCount(frame))
      const back = extrinsicFromOutputs(targets, frame)
      if (back === null) throw new Error('The numbers are those of a pose.')
      expect(maxDifference(back, extrinsic)).toBeLessThan(1e-9)
      const sided = poseFromExtrinsic(back, frame, isocentreMm)
      const expected = poseFromDiffdrr(pose, isocentreMm)
      expect(maxDifference(sided.cameraFromVolume, expected.cameraFromVolume)).toBeLessThan(1e-9)
      expect(sided.mirroredColumns).toBe(expected.mirroredColumns)
    }
  })
})

describe('extrinsicFromOutputs', () => {
  const frame = (parameterization: (typeof parameterizationNames)[number]): NetworkFrame => ({
    side: { orientation: 'AP', reverseXAxis: true },
    network: { parameterization, convention: 'ZXY', unitConversionFactor: 1000 },
  })

  it('normalises what a network gives', () => {
    const pose = extrinsicFromOutputs([2, 0, 0, 0, 0.1, 0.2, 0.3], frame('quaternion'))
    expect(pose).toEqual([
      [1, 0, 0, 100],
      [0, 1, 0, 200],
      [0, 0, 1, 300],
      [0, 0, 0, 1],
    ])
  })

  it('is null for numbers without a pose', () => {
    expect(extrinsicFromOutputs([NaN, 0, 0, 0, 0, 0, 0], frame('quaternion'))).toBeNull()
    expect(extrinsicFromOutputs(new Float32Array(9), frame('rotation_6d'))).toBeNull()
    expect(extrinsicFromOutputs(new Float32Array(12), frame('rotation_9d'))).toBeNull()
  })
})
