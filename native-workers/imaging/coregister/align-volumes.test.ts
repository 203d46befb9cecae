import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Matrix4 } from '../../contract/matrix.js'
import {
  affine,
  identity3,
  identity4,
  invertAffine,
  linearPart,
  maxDifference,
  multiply4,
} from '../../geometry/matrix.js'
import { singularValues3 } from '../../geometry/singular-values.js'
import { anatomySolids, scannedBox } from '../phantom/anatomy/anatomy.js'
import { phantomOriginMm } from '../phantom/sample-views.js'
import { scanPhantom } from '../phantom/scan.js'
import { seededNoise } from '../phantom/seeded-noise.js'
import { readVolume } from '../read-volume.js'
import { realData } from '../testing/real-data.js'
import { gridCentreMm, type Volume } from '../volume.js'
import { alignVolumes } from './align-volumes.js'
import { withElastix } from './elastix.js'
import { motionAbout, motionError, movedCopy, upperHalf } from './testing/moved-copies.js'

const signal = new AbortController().signal
const rigid = { method: 'rigid', search: true } as const

/** The accuracy that co-registration promises, at the volume's centre. */
const largestShiftMm = 0.3
const largestAngleDeg = 0.2

async function expectRecovered(fixed: Volume, moving: Volume, truth: Matrix4) {
  const alignment = await alignVolumes(fixed, moving, rigid, signal, () => undefined)
  const { angleDeg, shiftMm } = motionError(alignment.movingFromFixed, truth, gridCentreMm(fixed.grid))
  expect(shiftMm).toBeLessThan(largestShiftMm)
  expect(angleDeg).toBeLessThan(largestAngleDeg)
  expect(alignment.agreeingStarts).toBeGreaterThan(1)
  return alignment
}

async function phantom(): Promise<Volume> {
  const settings = { spacingMm: 4, box: scannedBox, phantomOriginMm }
  return (await scanPhantom(anatomySolids(), settings, seededNoise(1), signal, () => undefined)).volume
}

describe('alignVolumes', () => {
  const path = realData('ct-lumbar', 'example_ct.nii.gz')

  describe.skipIf(path === null)('on a CT and its own copy', () => {
    const read = async () => (await readVolume({ path: path ?? '', acceptGeometry: true })).volume

    it('recovers 8 degrees and 12 mm', async () => {
      const volume = await read()
      const truth = motionAbout(volume, 8, 12)
      const { before, after } = await expectRecovered(movedCopy(volume, truth), volume, truth)
      expect(after.mutualInformation).toBeGreaterThan(1.5 * (before?.mutualInformation ?? NaN))
    })

    it('recovers the motion where half of the fixed field of view is missing', async () => {
      const volume = await read()
      const truth = motionAbout(volume, 8, 12)
      await expectRecovered(upperHalf(movedCopy(volume, truth), 2), volume, truth)
    })

    it('recovers 35 degrees and 25 mm, with half of the moving field of view missing too', async () => {
      const volume = await read()
      const truth = motionAbout(volume, 35, 25)
      await expectRecovered(movedCopy(volume, truth), upperHalf(volume, 0), truth)
    })
  })

  it('finds an affine map, from where the coordinates put the volumes', async () => {
    const volume = await phantom()
    const stretch = affine(
      [
        [1.04, 0.02, 0],
        [0, 0.97, 0],
        [0, 0, 1],
      ],
      [0, 0, 0],
    )
    const centre = gridCentreMm(volume.grid)
    const about = affine(identity3, centre)
    const truth = multiply4(about, stretch, invertAffine(about))
    const { movingFromFixed } = await alignVolumes(
      movedCopy(volume, truth),
      volume,
      { method: 'affine', search: false },
      signal,
      () => undefined,
    )
    const rest = singularValues3(linearPart(multiply4(invertAffine(truth), movingFromFixed)))
    for (const stretched of rest.singularValues) expect(Math.abs(stretched - 1)).toBeLessThan(0.006)
  })

  it('refuses a constant volume and volumes that lie apart, in words', async () => {
    const volume = await phantom()
    const flat: Volume = { grid: volume.grid, voxels: new Int16Array(volume.voxels.length) }
    await expect(alignVolumes(flat, volume, rigid, signal, () => undefined)).rejects.toMatchObject({
      code: 'values-invalid',
    })
    const apart: Volume = { ...volume, grid: { ...volume.grid, originMm: [5000, 0, 0] } }
    const here = { ...rigid, search: false }
    await expect(alignVolumes(apart, volume, here, signal, () => undefined)).rejects.toMatchObject({
      code: 'no-overlap',
    })
  })
})

describe('withElastix', () => {
  const settings = { motion: 'rigid', resolutions: 2, iterations: 64, samples: 1024, seed: 1 } as const

  afterEach(() => vi.restoreAllMocks())

  it('starts at a rigid motion, gives the same answer twice, and prints nothing', async () => {
    const volume = await phantom()
    const fixed = { grid: volume.grid, voxels: Float32Array.from(volume.voxels) }
    const printed = vi.spyOn(process.stdout, 'write')
    const start = motionAbout(volume, 2, 3)
    const [first, second] = await withElastix(signal, async (elastix) => [
      await elastix.register(fixed, fixed, start, settings),
      await elastix.register(fixed, fixed, start, settings),
    ])
    expect(first).toEqual(second)
    expect(maxDifference(linearPart(first), linearPart(identity4))).toBeLessThan(0.005)
    expect(motionError(first, identity4, gridCentreMm(volume.grid)).shiftMm).toBeLessThan(0.5)
    expect(printed).not.toHaveBeenCalled()
  })

  it('ends its thread in the middle of the work when it is cancelled', async () => {
    const volume = await phantom()
    const fixed = { grid: volume.grid, voxels: Float32Array.from(volume.voxels) }
    const controller = new AbortController()
    const endless = { ...settings, iterations: 1_000_000 }
    const running = withElastix(controller.signal, (elastix) =>
      elastix.register(fixed, fixed, motionAbout(volume, 2, 3), endless),
    )
    setTimeout(() => controller.abort(), 1500)
    await expect(running).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('tells volumes apart as no overlap', async () => {
    const volume = await phantom()
    const fixed = { grid: volume.grid, voxels: Float32Array.from(volume.voxels) }
    const apart = { ...fixed, grid: { ...fixed.grid, originMm: [9000, 0, 0] as const } }
    const registered = withElastix(signal, (elastix) => elastix.register(fixed, apart, identity4, settings))
    await expect(registered).rejects.toMatchObject({ code: 'no-overlap' })
  })
})
