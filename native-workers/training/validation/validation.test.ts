import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BatchMaker } from '../batches/batch-maker.js'
import { joined } from '../batches/joined.js'
import { SubjectRenderer } from '../rendering/subject-renderer.js'
import { networkFrame, outputCount } from '../sampling/network-frame.js'
import { targetsFromExtrinsic } from '../sampling/targets-from-pose.js'
import { phantomSettings, phantomSubject } from '../testing/phantom-subject.js'
import { gridPoints } from './grid-points.js'
import { measurePoses } from './measure-poses.js'
import { meanTargetRegistrationErrorMm, percentile } from './target-registration-error.js'
import { validationSet } from './validation-set.js'

const frame = networkFrame(phantomSettings)
const subjects = [phantomSubject({ name: 'a' }), phantomSubject({ name: 'b' })]
let renderer: SubjectRenderer
beforeAll(async () => {
  renderer = await SubjectRenderer.create(subjects, phantomSettings.detector, 2)
})
afterAll(() => {
  renderer.dispose()
})

describe('validationSet', () => {
  it('is the same every time, of the size asked for, and none of what training draws', () => {
    const set = validationSet(renderer, phantomSettings, { count: 6 })
    expect(validationSet(renderer, phantomSettings, { count: 6 })).toEqual(set)
    expect(set.xrays).toHaveLength(6 * 32 * 32)
    expect(new Set(set.samples.map(({ subject }) => subject)).size).toBe(2)
    const maker = new BatchMaker(renderer, phantomSettings)
    const trained = [0, 1, 2, 3].flatMap((index) => maker.make(index).poses)
    for (const { pose } of set.samples)
      for (const other of trained) expect(other.extrinsic).not.toEqual(pose.extrinsic)
  })

  it('with noise differs from without, in the X-rays alone', () => {
    const clean = validationSet(renderer, phantomSettings, { count: 3 })
    const noisy = validationSet(renderer, phantomSettings, { count: 3, noiseSigma: 0.02, augmentation: 0.5 })
    expect(noisy.samples).toEqual(clean.samples)
    expect(noisy.xrays).not.toEqual(clean.xrays)
  })

  it('is empty, not endless, where nothing is ever seen', () => {
    const range = { ...phantomSettings.sampling.range, tzMm: [900, 901] as [number, number] }
    const away = { ...phantomSettings, sampling: { ...phantomSettings.sampling, range } }
    expect(validationSet(renderer, away, { count: 2 }).samples).toEqual([])
  })
})

describe('measurePoses', () => {
  it('is 0 for the truth and the shift for a shifted camera', () => {
    const { samples } = validationSet(renderer, phantomSettings, { count: 4 })
    const numbers = outputCount(frame)
    const truth = joined(samples.map(({ pose }) => targetsFromExtrinsic(pose.extrinsic, frame)))
    expect(measurePoses(samples, truth, subjects, frame).percentile90MtreMm).toBeLessThan(1e-3)
    // The translation lies along the rotated axes: any 12 mm there are 12 mm before the camera.
    const shifted = Float32Array.from(truth, (value, n) =>
      n % numbers === numbers - 1 ? value + 0.012 : value,
    )
    const { mtreMm, medianMtreMm } = measurePoses(samples, shifted, subjects, frame)
    for (const error of mtreMm) expect(error).toBeCloseTo(12, 2)
    expect(medianMtreMm).toBeCloseTo(12, 2)
  })

  it('counts outputs without a pose as infinitely wrong', () => {
    const { samples } = validationSet(renderer, phantomSettings, { count: 2 })
    const none = new Float32Array(2 * outputCount(frame)).fill(NaN)
    expect(measurePoses(samples, none, subjects, frame).medianMtreMm).toBe(Infinity)
  })
})

describe('parts', () => {
  it('points lie inside the box, around its middle', () => {
    const box = subjects[0].content
    const points = gridPoints(box)
    expect(points).toHaveLength(125)
    for (const axis of [0, 1, 2] as const) {
      const along = box.corners.map((corner) => corner[axis])
      const values = points.map((point) => point[axis])
      expect(Math.min(...values)).toBeGreaterThan(Math.min(...along))
      expect(Math.max(...values)).toBeLessThan(Math.max(...along))
      expect(values.reduce((sum, value) => sum + value, 0) / 125).toBeCloseTo(box.centreMm[axis], 6)
    }
  })

  it('mTRE is the mean over the points', () => {
    const still = [
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
    ] as const
    const turned = [[-1, 0, 0, 0], [0, -1, 0, 0], still[2], still[3]] as const
    expect(
      meanTargetRegistrationErrorMm(still, turned, [
        [1, 0, 0],
        [3, 0, 5],
      ]),
    ).toBe(4)
  })

  it('percentiles lie between neighbours', () => {
    expect(percentile([3, 1, 2], 0.5)).toBe(2)
    expect(percentile([1, 2], 0.9)).toBeCloseTo(1.9, 9)
    expect(percentile([Infinity, Infinity, 1], 0.9)).toBe(Infinity)
  })
})
