import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  previewTrainingInputSchema,
  type PreviewTrainingOutput,
} from '../../contract/operations/preview-training.js'
import { quietContext } from '../../imaging/testing/quiet-context.js'
import { temporaryFolder } from '../../imaging/testing/temporary-folder.js'
import { writeNifti } from '../../imaging/write-nifti.js'
import { previewTraining } from './preview-training.operation.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const side = 24

/** Air, with bone at the patient's left, upper end: larger x and z in LPS. */
beforeAll(async () => {
  const voxels = new Int16Array(side ** 3).fill(-1000)
  voxels.forEach((_, n) => {
    const [x, z] = [n % side, Math.floor(n / side ** 2)]
    if (x > 16 && x < 22 && z > 16 && z < 22) voxels[n] = 1000
  })
  const direction = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ] as const
  await writeNifti(folder.file('ct.nii'), {
    grid: {
      size: [side, side, side],
      spacingMm: [4, 4, 4],
      originMm: [30, -20, 10],
      direction: [...direction],
    },
    voxels,
  })
})

function request(detector: object, tyMm: [number, number], rotationDeg = 0) {
  return previewTrainingInputSchema.parse({
    subject: { name: 'ct', volume: { path: folder.file('ct.nii') } },
    detector: { sddMm: 1000, height: 64, delxMm: 3, ...detector },
    range: {
      r1Deg: [-rotationDeg, rotationDeg],
      r2Deg: [0, 0],
      r3Deg: [0, 0],
      txMm: [0, 0],
      tyMm,
      tzMm: [0, 0],
    },
    count: 3,
    pictureSize: 32,
  })
}

/** Where the brightness lies: -1..1 from left to right, from top to bottom. */
function centre({ width, height, samples }: PreviewTrainingOutput): { across: number; down: number } {
  let [sum, across, down] = [0, 0, 0]
  samples[0]?.pixels.forEach((value, n) => {
    sum += value
    across += value * (n % width)
    down += value * Math.floor(n / width)
  })
  return { across: (2 * across) / sum / (width - 1) - 1, down: (2 * down) / sum / (height - 1) - 1 }
}

describe('previewTraining', () => {
  it.each([
    ['AP', true, [700, 700], 1],
    ['AP', false, [700, 700], -1],
    ['PA', true, [-700, -700], 1],
    ['PA', false, [-700, -700], -1],
  ] as const)(
    'shows the patient’s left where xvr does (%s, reversed %s)',
    async (orientation, reverseXAxis, ty, sign) => {
      const input = request({ orientation, reverseXAxis }, [...ty])
      const { across, down } = centre(await previewTraining(input, quietContext()))
      expect(Math.sign(across)).toBe(sign)
      expect(Math.abs(across)).toBeGreaterThan(0.1)
      expect(down).toBeLessThan(-0.1)
    },
  )

  it('spreads its poses over the ranges and tells how much of each picture is filled', async () => {
    const { samples, width, height } = await previewTraining(request({}, [600, 800], 40), quietContext())
    expect([width, height, samples.length]).toEqual([32, 32, 3])
    const turns = samples.map(({ rotationDeg }) => rotationDeg[0])
    expect(Math.max(...turns) - Math.min(...turns)).toBeGreaterThan(20)
    for (const { filledShare, translationMm } of samples) {
      expect(filledShare).toBeGreaterThan(0.005)
      expect(filledShare).toBeLessThan(0.5)
      expect(translationMm[1]).toBeGreaterThanOrEqual(600)
    }
  })

  it('shows nothing where the ranges look past the CT', async () => {
    const { samples } = await previewTraining(request({}, [-700, -700]), quietContext())
    expect(samples.map(({ filledShare }) => filledShare)).toEqual([0, 0, 0])
  })
})
