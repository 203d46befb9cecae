import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { invertRigid, linearPart, multiply4 } from '../../geometry/matrix.js'
import { rotationAngleRad } from '../../geometry/rigid.js'
import { symmetricEigen } from '../../geometry/symmetric-eigen.js'
import { bodySchedule, type Stage } from '../level-schedule.js'
import { type NormalEquations } from '../normal-equations.js'
import { runStages } from '../run-stages.js'
import { stageEvaluator } from '../stage-runner.js'
import { type BlobScene, blobScene, centreOffsetMm, smallTwist } from '../testing/blob-scene.js'

const [, , last] = bodySchedule('mi', 'standard')
const information: readonly Stage[] = [{ ...last, edgePixels: 48 }, last]

function equationsAt({ scene, moved, truth }: BlobScene, twist: ArrayLike<number>): NormalEquations {
  const evaluator = stageEvaluator(scene, last, truth)
  try {
    return evaluator.evaluate(moved(twist))
  } finally {
    evaluator.release()
  }
}

describe('mutual information', () => {
  const contrasts = {
    'as it is': (integral: number) => integral,
    inverted: (integral: number) => 3 - integral,
    'gamma 0.6': (integral: number) => integral ** 0.6,
    'neither rising nor falling': (integral: number) => Math.abs(integral - 0.4),
  }
  const scenes = new Map<string, BlobScene>()
  const sceneOf = (name: string) => {
    const found = scenes.get(name)
    if (found === undefined) throw new Error(`no scene ${name}`)
    return found
  }
  beforeAll(async () => {
    for (const [name, contrast] of Object.entries(contrasts))
      scenes.set(name, await blobScene({ contrast, fieldMm: 70 }))
  })
  afterAll(() => {
    for (const { dispose } of scenes.values()) dispose()
  })

  it('loss lies in 0..1, is least at the truth, and its gradient equals differences', () => {
    const scene = sceneOf('as it is')
    const twist = smallTwist.map((value) => value / 4)
    const equations = equationsAt(scene, twist)
    expect(equations.loss).toBeLessThan(1)
    expect(equationsAt(scene, [0, 0, 0, 0, 0, 0]).loss).toBeLessThan(equations.loss)
    const steps = [2e-4, 2e-4, 2e-4, 0.02, 0.02, 0.2]
    for (const [parameter, step] of steps.entries()) {
      const lossAt = (amount: number) =>
        equationsAt(
          scene,
          twist.map((value, n) => value + (n === parameter ? amount : 0)),
        ).loss
      const difference = (lossAt(step) - lossAt(-step)) / (2 * step)
      // The twist is added up here and composed there, which differ in the second order.
      const scale = Math.abs(difference) + (parameter < 3 ? 0.2 : 0.002)
      expect(Math.abs(equations.gradient[parameter] - difference)).toBeLessThan(0.1 * scale)
    }
  })

  it('Hessian is symmetric and has no falling direction', () => {
    const { hessian } = equationsAt(sceneOf('as it is'), smallTwist)
    const rows = Array.from({ length: 6 }, (_, r) => Array.from(hessian.slice(6 * r, 6 * r + 6)))
    for (let r = 0; r < 6; r++) for (let c = 0; c < r; c++) expect(rows[r][c]).toBe(rows[c][r])
    expect(Math.min(...symmetricEigen(rows).values)).toBeGreaterThan(0)
  })

  it.each(Object.keys(contrasts))('finds the pose of an X-ray whose contrast is %s', async (name) => {
    const { scene, moved, truth } = sceneOf(name)
    const start = moved(smallTwist.map((value) => value / 2))
    const { worldFromVolume } = await runStages(scene, information, start, () => undefined)
    // Depth is left out: one small smooth object in one view tells little of it.
    const [x, y] = centreOffsetMm(scene, worldFromVolume, truth)
    expect(Math.hypot(x, y)).toBeLessThan(0.3)
    expect(rotationAngleRad(linearPart(multiply4(worldFromVolume, invertRigid(truth))))).toBeLessThan(0.03)
  })
})
