import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { poseDistanceMm } from '../search/candidate-poses.js'
import { type BlobScene, blobScene, centreOffsetMm, smallTwist } from '../testing/blob-scene.js'
import { Adam } from './adam.js'
import { adamSchedule } from './adam-schedule.js'
import { definitionEvaluator } from './definition-evaluator.js'
import { PlateauSchedule } from './plateau.js'
import { refineByAdam } from './refine-by-adam.js'

describe('Adam', () => {
  it('first steps by each learning rate against the gradient, whatever its size', () => {
    const step = new Adam(3).step([4, -0.001, 0], [0.1, 0.2, 0.3])
    expect(step[0]).toBeCloseTo(-0.1, 6)
    expect(step[1]).toBeCloseTo(0.2, 5)
    expect(step[2]).toBeCloseTo(0, 12)
  })

  it('follows its moments: the second step of a reversed gradient', () => {
    const adam = new Adam(1)
    adam.step([1], [1])
    const first = (0.1 * 0.9 - 0.1) / (1 - 0.9 ** 2)
    const second = (0.001 * 0.999 + 0.001) / (1 - 0.999 ** 2)
    expect(adam.step([-1], [1])[0]).toBeCloseTo(-first / Math.sqrt(second), 6)
  })
})

describe('PlateauSchedule', () => {
  it('lowers the rates after patience is exceeded, and counts anew', () => {
    const schedule = new PlateauSchedule({ patience: 2, threshold: 1e-4, factor: 0.1 })
    const factors = [0.5, 0.6, 0.6, 0.60001, 0.6, 0.7, 0.7, 0.7, 0.7].map((value) => {
      schedule.record(value)
      return schedule.factor
    })
    expect(factors.map((factor) => Number(factor.toFixed(6)))).toEqual([1, 1, 1, 1, 0.1, 0.1, 0.1, 0.1, 0.01])
    expect(schedule.reductions).toBe(2)
  })
})

describe('refineByAdam', () => {
  let blobs: BlobScene
  beforeAll(async () => {
    blobs = await blobScene({ width: 48, height: 40, fieldMm: 90 })
  })
  afterAll(() => {
    blobs.dispose()
  })

  it('gradient of the definition equals differences of the loss', () => {
    const [stage] = adamSchedule([40], 'gmncc', undefined)
    const evaluator = definitionEvaluator(blobs.scene, stage, blobs.truth)
    const twist = smallTwist.map((value) => value / 2)
    const { gradient } = evaluator.evaluate(blobs.moved(twist))
    const steps = [0, 0, 0, 0.02, 0.02, 0.2]
    for (const parameter of [3, 4, 5]) {
      const lossAt = (amount: number) =>
        evaluator.evaluate(blobs.moved(twist.map((value, n) => value + (n === parameter ? amount : 0)))).loss
      const difference = (lossAt(steps[parameter]) - lossAt(-steps[parameter])) / (2 * steps[parameter])
      expect(Math.abs(gradient[parameter] - difference)).toBeLessThan(0.05 * Math.abs(difference) + 1e-4)
    }
    evaluator.release()
  })

  it.each(['gmncc', 'ncc'] as const)('finds a known pose by %s', async (metric) => {
    let iterations = 0
    const start = blobs.moved(smallTwist)
    const stages = adamSchedule([24, 44], metric, undefined)
    const { worldFromVolume } = await refineByAdam(blobs.scene, stages, start, () => {
      iterations++
    })
    expect(iterations).toBeGreaterThan(20)
    expect(iterations).toBeLessThanOrEqual(1000)
    expect(poseDistanceMm(blobs.scene.problem, start, blobs.truth)).toBeGreaterThan(10)
    const [x, y, depth] = centreOffsetMm(blobs.scene, worldFromVolume, blobs.truth)
    expect(Math.hypot(x, y)).toBeLessThan(0.2)
    expect(Math.abs(depth)).toBeLessThan(3)
  })
})
