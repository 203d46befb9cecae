import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Stage } from './level-schedule.js'
import { type ChannelsName, metricChannels } from './metric-channels.js'
import { movePose } from './pose-problem.js'
import { averageEquations, dampedStep, type NormalEquations } from './normal-equations.js'
import { stageEvaluator } from './stage-runner.js'
import { type BlobScene, blobScene, smallTwist } from './testing/blob-scene.js'

/** Symmetric and positive definite: diagonal entries of very different units, as rotation and translation have. */
function equations(): NormalEquations {
  const hessian = new Float64Array(36)
  for (let r = 0; r < 6; r++)
    for (let c = 0; c < 6; c++) {
      const scale = (n: number) => (n < 3 ? 100 : 0.1)
      hessian[6 * r + c] = scale(r) * scale(c) * ((r === c ? 2 : 0) + 0.3 ** Math.abs(r - c))
    }
  const gradient = Float64Array.from([30, -80, 10, 0.05, -0.02, 0.3])
  return { loss: 1, gradient, hessian, validFraction: 1 }
}

describe('dampedStep', () => {
  it('solves the damped equations', () => {
    const { hessian, gradient } = equations()
    const step = Array.from(dampedStep(equations(), 0.5) ?? [])
    expect(step).toHaveLength(6)
    for (let r = 0; r < 6; r++) {
      const left = step.reduce((sum, value, c) => sum + value * hessian[6 * r + c] * (r === c ? 1.5 : 1), 0)
      expect(left / gradient[r]).toBeCloseTo(-1, 8)
    }
  })

  it('falls along the gradient and gets shorter with more damping', () => {
    const { gradient } = equations()
    const along = [0.01, 1, 100].map((damping) =>
      Array.from(dampedStep(equations(), damping) ?? []).reduce(
        (sum, value, n) => sum + value * gradient[n],
        0,
      ),
    )
    expect(along[0]).toBeLessThan(along[1])
    expect(along[1]).toBeLessThan(along[2])
    expect(along[2]).toBeLessThan(0)
  })

  it('is null where the equations have a rising and a falling direction', () => {
    const { hessian } = equations()
    hessian[35] = -1
    expect(dampedStep({ ...equations(), hessian }, 0.1)).toBeNull()
  })
})

describe('averageEquations', () => {
  it('is the mean over views', () => {
    const other = { ...equations(), loss: 0.5, validFraction: 0.2 }
    const mean = averageEquations([equations(), other])
    expect(mean.loss).toBeCloseTo(0.75, 12)
    expect(mean.validFraction).toBeCloseTo(0.6, 12)
    expect(mean.gradient[1]).toBeCloseTo(-80, 9)
  })
})

describe('the kernel’s equations', () => {
  let blobs: BlobScene
  beforeAll(async () => {
    blobs = await blobScene({ views: 2, fieldMm: 100 })
  })
  afterAll(() => {
    blobs.dispose()
  })

  const stage = (channels: ChannelsName): Stage => ({
    name: 'test',
    edgePixels: 64,
    channels,
    maxRenders: 10,
    voxelsPerPixel: 1,
    moveTolerancePixels: 0.02,
    gainTolerance: 1e-4,
  })
  const names: ChannelsName[] = ['ncc', 'lncc', 'mncc', 'gncc', 'gmncc', 'global-gncc', 'global-ncc+gncc']

  it('are tested for every metric', () => {
    expect(names.toSorted()).toEqual(Object.keys(metricChannels).toSorted())
  })

  it.each(names)('%s: the gradient equals central differences of the loss, over two views', (channels) => {
    const twist = smallTwist.map((value) => value / 3)
    const at = blobs.moved(twist)
    const evaluator = stageEvaluator(blobs.scene, stage(channels), at)
    const { gradient, hessian } = evaluator.evaluate(at)
    const steps = [4e-3, 4e-3, 4e-3, 0.4, 0.4, 0.4]
    for (const [parameter, step] of steps.entries()) {
      const lossAt = (amount: number) => {
        const change = new Float64Array(6)
        change[parameter] = amount
        return evaluator.evaluate(movePose(blobs.scene.problem, at, change)).loss
      }
      const difference = (lossAt(step) - lossAt(-step)) / (2 * step)
      // The gradient leaves out that a local window's epsilon follows the DRR's variance.
      const curvatureScale = Math.sqrt(hessian[7 * parameter])
      expect(hessian[7 * parameter]).toBeGreaterThan(0)
      expect(Math.abs(gradient[parameter] - difference)).toBeLessThan(
        0.02 * curvatureScale + 0.03 * Math.abs(difference),
      )
    }
    evaluator.release()
  })
})
