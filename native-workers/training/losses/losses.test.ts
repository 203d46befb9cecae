import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Vector3 } from '../../contract/matrix.js'
import { type TrainingDetector } from '../../contract/training/configuration.js'
import { add, cross, subtract, transformPoint } from '../../geometry/matrix.js'
import { doubleGeodesic } from '../../geometry/pose-distance.js'
import { parameterizationNames } from '../../geometry/rotations/parameterization.js'
import { BatchMaker } from '../batches/batch-maker.js'
import { type BatchSettings, type DataBatch } from '../batches/data-batch.js'
import { randomStream } from '../random/random-stream.js'
import { SubjectRenderer } from '../rendering/subject-renderer.js'
import { networkFrame, type NetworkFrame, outputCount } from '../sampling/network-frame.js'
import { extrinsicFromOutputs, poseFromExtrinsic } from '../sampling/pose-from-outputs.js'
import { phantomSettings, phantomSubject } from '../testing/phantom-subject.js'
import { batchLoss } from './batch-loss.js'
import { geodesicLoss } from './geodesic-loss.js'
import { sampleLoss } from './sample-loss.js'
import { diceLoss, distanceOutside, hausdorffLoss, softSilhouette } from './silhouettes.js'
import { twistsPerOutput } from './twists-per-output.js'

const none = { ncc: 0, geo: 0, dice: 0, haus: 0 }
const sides = (['AP', 'PA', 'none'] as const).flatMap((orientation) =>
  [true, false].map((reverseXAxis) => ({ orientation, reverseXAxis })),
)

/** The targets of a batch, somewhat off. */
function disturbed(targets: Float32Array, numbers: number, amount: number, seed = 1): Float32Array {
  const random = randomStream(seed)
  return targets.map((value, n) => {
    const by = amount * random.uniform(-1, 1)
    return value + (n % numbers < numbers - 3 ? by : 0.1 * by)
  })
}

function expectGradient(
  outputs: Float64Array,
  gradient: readonly number[],
  value: (outputs: Float64Array) => number,
  { step, share }: { readonly step: number; readonly share: number },
): void {
  const differences = gradient.map((_, n) => {
    const at = (by: number) => value(outputs.map((output, m) => output + (m === n ? by : 0)))
    return (at(step) - at(-step)) / (2 * step)
  })
  const largest = Math.max(...differences.map(Math.abs))
  expect(largest).toBeGreaterThan(0)
  for (const [n, difference] of differences.entries())
    expect(Math.abs(gradient[n] - difference)).toBeLessThan(share * largest)
}

describe.each(parameterizationNames)('gradients to the numbers of %s', (parameterization) => {
  const frameOf = (side: NetworkFrame['side']): NetworkFrame => ({
    side,
    network: { parameterization, convention: 'ZXY', unitConversionFactor: 100 },
  })
  const settings: BatchSettings = {
    ...phantomSettings,
    network: { ...phantomSettings.network, parameterization, unitConversionFactor: 100 },
  }
  let renderer: SubjectRenderer
  let batch: DataBatch
  const frame = networkFrame(settings)
  const numbers = outputCount(frame)
  beforeAll(async () => {
    renderer = await SubjectRenderer.create([phantomSubject()], settings.detector, 2)
    batch = new BatchMaker(renderer, settings).make(0)
  })
  afterAll(() => {
    renderer.dispose()
  })
  const outputsOf = (sample: number) =>
    Float64Array.from(disturbed(batch.targets, numbers, 0.04)).subarray(
      sample * numbers,
      (sample + 1) * numbers,
    )

  it('the motion before the camera, on every side', () => {
    const isocentreMm: Vector3 = [-20, 60, 300]
    for (const side of sides) {
      const at = (outputs: ArrayLike<number>, point: Vector3) => {
        const extrinsic = extrinsicFromOutputs(outputs, frameOf(side))
        if (extrinsic === null) throw new Error('The outputs mean a pose.')
        const { cameraFromVolume } = poseFromExtrinsic(extrinsic, frameOf(side), isocentreMm)
        return transformPoint(cameraFromVolume, point)
      }
      const outputs = outputsOf(0)
      const point: Vector3 = [15, 20, 340]
      const twists = twistsPerOutput(outputs, frameOf(side), isocentreMm)
      if (twists === null) throw new Error('The outputs mean a pose.')
      const arm = subtract(at(outputs, point), at(outputs, isocentreMm))
      for (const [n, [a, b, c, x, y, z]] of twists.entries()) {
        const expected = add(cross([a, b, c], arm), [x, y, z])
        const [after, before] = [1e-4, -1e-4].map((by) =>
          at(
            outputs.map((value, m) => value + (m === n ? by : 0)),
            point,
          ),
        )
        for (const axis of [0, 1, 2])
          expect(Math.abs(expected[axis] - (after[axis] - before[axis]) / 2e-4)).toBeLessThan(1e-2)
      }
    }
  })

  it('the double geodesic distance', () => {
    const { extrinsic } = batch.poses[1]
    const outputs = outputsOf(1)
    const loss = geodesicLoss(outputs, extrinsic, frame, 1000)
    if (loss === null) throw new Error('The outputs mean a pose.')
    const value = (tried: Float64Array) =>
      doubleGeodesic(extrinsicFromOutputs(tried, frame) ?? extrinsic, extrinsic, 1000).bothMm
    expect(loss.dgeo).toBeCloseTo(value(outputs), 9)
    expectGradient(outputs, loss.gradient, value, { step: 1e-6, share: 1e-4 })
  })

  it('the similarity to the picture rendered anew', () => {
    const sample = {
      subject: 0,
      boneMultiplier: batch.boneMultiplier,
      extrinsic: batch.poses[2].extrinsic,
      picture: batch.pictures.subarray(2 * 1024, 3 * 1024),
      silhouettes: null,
    }
    const weights = { ...none, ncc: 1 }
    const outputs = outputsOf(2)
    const at = (tried: Float64Array) => {
      const loss = sampleLoss(renderer, frame, 1000, weights, sample, tried)
      if (loss === null) throw new Error('The outputs mean a pose.')
      return loss
    }
    const { gradient } = at(outputs)
    expectGradient(outputs, gradient, (tried) => at(tried).loss, { step: 3e-4, share: 0.03 })
  })
})

describe.each(sides)('of $orientation, reversed columns $reverseXAxis', (side) => {
  it('losses fall along their gradient, and are least at the true pose', async () => {
    const towards = side.orientation === 'AP' ? 1 : -1
    const distance: [number, number] = towards > 0 ? [680, 720] : [-720, -680]
    const range = { ...phantomSettings.sampling.range, tyMm: [-10, 10], tzMm: [-10, 10] } satisfies object
    const settings: BatchSettings = {
      ...phantomSettings,
      detector: { ...phantomSettings.detector, ...side } satisfies TrainingDetector,
      sampling: {
        ...phantomSettings.sampling,
        range: {
          ...range,
          tyMm: side.orientation === 'none' ? [-10, 10] : distance,
          tzMm: side.orientation === 'none' ? distance : [-10, 10],
        },
      },
      silhouettes: true,
    }
    const frame = networkFrame(settings)
    const renderer = await SubjectRenderer.create([phantomSubject({ labels: true })], settings.detector, 2)
    const batch = new BatchMaker(renderer, settings).make(0)
    const weights = { ncc: 1, geo: 0, dice: 1, haus: 0 }
    const of = (outputs: Float32Array) => batchLoss(renderer, frame, 1000, weights, batch, outputs)
    const truth = await of(batch.targets)
    expect(batch.kept).toEqual([true, true, true, true])
    // Flat patches correlate with nothing, not even themselves, so that the least loss is not 0.
    expect(truth.loss).toBeLessThan(0.05)
    expect(truth.parts.dice).toBeLessThan(1e-6)
    const outputs = disturbed(batch.targets, outputCount(frame), 0.04)
    const { loss, outputGradients } = await of(outputs)
    if (loss === null) throw new Error('All samples count.')
    expect(loss).toBeGreaterThan(1.2 * (truth.loss ?? Infinity))
    const squares = outputGradients.reduce((sum, slope) => sum + slope ** 2, 0)
    const step = (0.02 * loss) / squares
    const { loss: lower } = await of(outputs.map((value, n) => value - step * outputGradients[n]))
    renderer.dispose()
    // To first order a fiftieth of the loss.
    expect((loss - (lower ?? Infinity)) / (0.02 * loss)).toBeGreaterThan(0.9)
    expect((loss - (lower ?? Infinity)) / (0.02 * loss)).toBeLessThan(1.1)
  })
})

describe('batchLoss', () => {
  const settings: BatchSettings = { ...phantomSettings, silhouettes: true }
  const frame = networkFrame(settings)
  const numbers = outputCount(frame)
  let renderer: SubjectRenderer
  let batch: DataBatch
  beforeAll(async () => {
    renderer = await SubjectRenderer.create([phantomSubject({ labels: true })], settings.detector, 2)
    batch = new BatchMaker(renderer, settings).make(0)
  })
  afterAll(() => {
    renderer.dispose()
  })

  // Distances are held still in the gradient, but not where a pixel happens to enter the silhouette.
  it.each([
    ['dice', 0.04],
    ['haus', 0.1],
  ] as const)('gradient of %s through the rendered silhouettes', (name, share) => {
    const perSample = 2 * 16 * 16
    const sample = {
      subject: 0,
      boneMultiplier: batch.boneMultiplier,
      extrinsic: batch.poses[1].extrinsic,
      picture: batch.pictures.subarray(1024, 2 * 1024),
      silhouettes:
        batch.silhouettes === null
          ? null
          : { structures: [0, 1], pathsMm: batch.silhouettes.pathsMm.subarray(perSample, 2 * perSample) },
    }
    const weights = { ...none, [name]: 1 }
    const outputs = Float64Array.from(disturbed(batch.targets, numbers, 0.05)).subarray(numbers, 2 * numbers)
    const at = (tried: Float64Array) => {
      const loss = sampleLoss(renderer, frame, 1000, weights, sample, tried)
      if (loss === null) throw new Error('The outputs mean a pose.')
      return loss
    }
    const { gradient, parts } = at(outputs)
    expect(parts[name]).toBeGreaterThan(0)
    expectGradient(outputs, gradient, (tried) => at(tried).loss, { step: 3e-5, share })
  })

  it('weights its terms, and computes none that has no weight', async () => {
    const outputs = disturbed(batch.targets, numbers, 0.04)
    const of = (weights: typeof none) => batchLoss(renderer, frame, 1000, weights, batch, outputs)
    const all = await of({ ncc: 1, geo: 0.01, dice: 2, haus: 0.1 })
    const { mncc = NaN, dgeo = NaN, dice = NaN, haus = NaN } = all.parts
    expect(all.loss).toBeCloseTo(1 - mncc + 0.01 * dgeo + 2 * dice + 0.1 * haus, 6)
    expect(Object.keys((await of({ ...none, geo: 1 })).parts)).toEqual(['dgeo', 'rgeo', 'tgeo'])
    expect(Object.keys((await of({ ...none, ncc: 1 })).parts)).toEqual(['mncc'])
    expect((await of(none)).loss).toBe(0)
    expect((await of(none)).outputGradients.every((slope) => slope === 0)).toBe(true)
  })

  it('shares out over the kept samples, and flags those without a pose', async () => {
    const weights = { ...none, geo: 1 }
    const outputs = disturbed(batch.targets, numbers, 0.04)
    const whole = await batchLoss(renderer, frame, 1000, weights, batch, outputs)
    outputs.fill(NaN, 0, numbers)
    const some = await batchLoss(
      renderer,
      frame,
      1000,
      weights,
      { ...batch, kept: [true, false, true, true] },
      outputs,
    )
    expect([whole.counted, whole.notFinite]).toEqual([4, 0])
    expect([some.counted, some.notFinite]).toEqual([2, 1])
    expect(some.outputGradients.subarray(0, 2 * numbers).every((slope) => slope === 0)).toBe(true)
    for (let n = 2 * numbers; n < 4 * numbers; n++)
      expect(some.outputGradients[n]).toBeCloseTo(2 * whole.outputGradients[n], 3)
    const nothing = await batchLoss(
      renderer,
      frame,
      1000,
      weights,
      { ...batch, kept: [false, false, false, false] },
      outputs,
    )
    expect(nothing.loss).toBeNull()
    expect(nothing.outputGradients.every((slope) => slope === 0)).toBe(true)
  })
})

describe('losses on silhouettes', () => {
  const [width, height] = [14, 11]
  const disc = (x: number, y: number) =>
    softSilhouette(
      Float64Array.from({ length: width * height }, (_, n) =>
        Math.max(0, 9 - 3 * Math.hypot((n % width) - x, Math.floor(n / width) - y)),
      ),
      3,
    )
  const [target, predicted] = [disc(5, 5), disc(7.3, 4.2)]

  it.each([
    ['Dice', diceLoss],
    ['Hausdorff', (a: Float64Array, b: Float64Array) => hausdorffLoss(a, b, width, height)],
  ])('%s: 0 for the same, slopes equal central differences', (_, loss) => {
    expect(loss(target, target).value).toBeCloseTo(0, 12)
    const { value, slopes } = loss(target, predicted)
    expect(value).toBeGreaterThan(0)
    const at = (n: number, by: number) =>
      loss(
        target,
        predicted.map((soft, m) => soft + (m === n ? by : 0)),
      ).value
    for (const n of [0, 33, 5 * width + 6, 4 * width + 8, 80, 153])
      expect(slopes[n]).toBeCloseTo((at(n, 1e-6) - at(n, -1e-6)) / 2e-6, 6)
  })

  it('Dice is 1 where the silhouettes do not meet', () => {
    expect(diceLoss(Float64Array.of(1, 0, 0), Float64Array.of(0, 1, 0)).value).toBe(1)
  })

  it('the distance counts erosions in pixels of the full picture, up to ten', () => {
    const mask = new Float64Array(width * height)
    mask[3 * width + 4] = 1
    const distance = distanceOutside(mask, width, height)
    for (const [n, value] of distance.entries()) {
      const steps = Math.max(Math.abs((n % width) - 4), Math.abs(Math.floor(n / width) - 3))
      expect(value).toBe(Math.min(10, 2 * steps))
    }
  })
})
