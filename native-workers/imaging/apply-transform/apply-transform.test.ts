import { readdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Matrix4, type Vector3 } from '../../contract/matrix.js'
import { type ApplyTransformInput, applyTransformInputSchema } from '../../contract/operations/transform.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import {
  affine,
  diagonal3,
  identity3,
  invertAffine,
  maxDifference,
  transformPoint,
  translation4,
} from '../../geometry/matrix.js'
import { rotationFromVector } from '../../geometry/rigid.js'
import { readVolume } from '../read-volume.js'
import { quietContext } from '../testing/quiet-context.js'
import { temporaryFolder } from '../testing/temporary-folder.js'
import { readTransformFile } from '../transform-file/read-transform.js'
import { gridCentreMm, lpsFromIndex } from '../volume.js'
import { writeVolume } from '../write-volume.js'
import { applyTransform } from './apply-transform.operation.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const grid: VolumeGrid = {
  size: [24, 20, 16],
  spacingMm: [1, 1, 2],
  originMm: [-30, 12, 100],
  direction: rotationFromVector([0.1, -0.2, 0.3]),
}
const count = 24 * 20 * 16
const labelPlace: Vector3 = [7, 11, 5]
const at = ([i, j, k]: Vector3) => i + 24 * (j + 20 * k)
/** Affine in the index, so that trilinear interpolation is exact. */
const valueAt = ([i, j, k]: Vector3) => 10 * i - 7 * j + 20 * k - 300

beforeAll(async () => {
  const voxels = new Int16Array(count)
  for (let k = 0; k < 16; k++) {
    for (let j = 0; j < 20; j++) {
      for (let i = 0; i < 24; i++) voxels[at([i, j, k])] = valueAt([i, j, k])
    }
  }
  await writeVolume(folder.file('ct.nrrd'), { grid, voxels })
  const labels = new Uint8Array(count)
  labels[at(labelPlace)] = 3
  await writeVolume(folder.file('seg.nrrd'), { grid, voxels: labels })
})

const apply = (
  originalFromMoved: Matrix4,
  changes: Partial<Record<keyof ApplyTransformInput, unknown>> = {},
) =>
  applyTransform(
    applyTransformInputSchema.parse({
      volume: { path: folder.file('ct.nrrd') },
      labelsPath: folder.file('seg.nrrd'),
      transform: { kind: 'matrix', originalFromMoved },
      folder: folder.file('out'),
      format: 'nrrd',
      caseName: 'ct',
      force: true,
      ...changes,
    }),
    quietContext(),
  )
const read = async (path: string | null) =>
  (await readVolume({ path: path ?? '', acceptGeometry: true })).volume

const centre = gridCentreMm(grid)
/** A turn about the grid's centre and a shift. */
function rigid(vector: Vector3, shift: Vector3): Matrix4 {
  const rotation = rotationFromVector(vector)
  const turned = transformPoint(affine(rotation, [0, 0, 0]), centre)
  return affine(rotation, [
    centre[0] - turned[0] + shift[0],
    centre[1] - turned[1] + shift[1],
    centre[2] - turned[2] + shift[2],
  ])
}

describe('apply-transform', () => {
  it('moves rigidly in the header alone: every voxel lies where the transform takes it', async () => {
    const originalFromMoved = rigid([0.4, 0.7, -0.2], [50, -3, 8])
    const output = await apply(originalFromMoved)
    expect(output).toMatchObject({ method: 'header', outsideValue: null, lostShare: 0, labels: [3] })
    const [ct, before, labels] = [
      await read(output.volume),
      await read(folder.file('ct.nrrd')),
      await read(output.labelsFile),
    ]
    expect(ct.voxels).toEqual(before.voxels)
    const expected = transformPoint(
      invertAffine(originalFromMoved),
      transformPoint(lpsFromIndex(grid), labelPlace),
    )
    for (const { grid: moved } of [ct, labels]) {
      const place = transformPoint(lpsFromIndex(moved), labelPlace)
      expect(Math.hypot(...place.map((value, axis) => value - expected[axis]))).toBeLessThan(1e-9)
    }
    expect(output.storedWithinMm).toBeLessThan(1e-9)
    const { matrix } = await readTransformFile(output.transform)
    expect(maxDifference(matrix, originalFromMoved)).toBeLessThan(1e-12)
  })

  it('says how far NIfTI rounds the header', async () => {
    const { storedWithinMm } = await apply(rigid([0.4, 0.7, -0.2], [50, -3, 8]), {
      format: 'nii.gz',
      folder: folder.file('nifti'),
    })
    expect(storedWithinMm).toBeGreaterThan(0)
    expect(storedWithinMm).toBeLessThan(1e-3)
  })

  it.each([
    ['a rigid motion asked for', rigid([0.1, 0, 0.2], [1.3, 0.4, -0.6]), 'resample', 'rigid'],
    ['a stretch', affine(diagonal3(1.1, 0.95, 1), [0, 0, 0]), 'auto', 'affine'],
    ['a mirror image', affine(diagonal3(-1, 1, 1), [2 * centre[0], 0, 0]), 'auto', 'mirror'],
  ] as const)('resamples %s once, with air outside', async (_, originalFromMoved, method, kind) => {
    const output = await apply(originalFromMoved, { method })
    expect(output).toMatchObject({ method: 'resample', outsideValue: -1000, motion: { kind } })
    expect(output.warnings.some((warning) => warning.includes('mirrors'))).toBe(kind === 'mirror')
    const { voxels, grid: moved } = await read(output.volume)
    expect(maxDifference(lpsFromIndex(moved), lpsFromIndex(grid))).toBeLessThan(1e-9)
    const indexFromLps = invertAffine(lpsFromIndex(grid))
    let inside = 0
    for (let k = 0; k < 16; k += 3) {
      for (let j = 0; j < 20; j += 3) {
        for (let i = 0; i < 24; i += 3) {
          const place = transformPoint(originalFromMoved, transformPoint(lpsFromIndex(grid), [i, j, k]))
          const source = transformPoint(indexFromLps, place)
          const isOutside = source.some((value, axis) => value < -0.6 || value > grid.size[axis] - 0.4)
          const isWithin = source.every((value, axis) => value >= 0 && value <= grid.size[axis] - 1)
          const value = voxels[at([i, j, k])]
          if (isOutside) expect(value).toBe(-1000)
          if (!isWithin) continue
          inside++
          expect(Math.abs(value - valueAt(source))).toBeLessThanOrEqual(0.5 + 1e-6)
        }
      }
    }
    expect(inside).toBeGreaterThan(30)
  })

  it('resamples onto a reference’s grid, and tells what is lost', async () => {
    const reference: VolumeGrid = {
      size: [10, 10, 10],
      spacingMm: [1.5, 1.5, 1.5],
      originMm: centre,
      direction: identity3,
    }
    await writeVolume(folder.file('reference.nrrd'), { grid: reference, voxels: new Uint8Array(1000) })
    const output = await apply(translation4([0, 0, 0]), {
      reference: { path: folder.file('reference.nrrd') },
      labelsPath: undefined,
    })
    expect(output.method).toBe('resample')
    expect((await read(output.volume)).grid.size).toEqual([10, 10, 10])
    expect(output.lostShare).toBeGreaterThan(0.5)
    expect(output.warnings).toEqual([expect.stringMatching(/\d+ % of the moved volume/)])
  })

  it('moves a label map alone', async () => {
    const output = await apply(translation4([-2, 0, 0]), { volume: undefined, caseName: 'seg' })
    expect(output.volume).toBeNull()
    expect((await read(output.labelsFile)).grid.originMm[0]).toBeCloseTo(-28, 9)
  })

  it('refuses what a header can’t hold, labels that leave the grid, and nothing to move', async () => {
    const mirror = affine(diagonal3(-1, 1, 1), [0, 0, 0])
    await expect(apply(mirror, { method: 'header' })).rejects.toMatchObject({
      code: 'geometry-invalid',
      message: expect.stringContaining('mirrors') as string,
    })
    await expect(apply(translation4([500, 0, 0]), { method: 'resample' })).rejects.toMatchObject({
      code: 'no-overlap',
    })
    expect(() =>
      applyTransformInputSchema.parse({
        transform: { kind: 'matrix', originalFromMoved: mirror },
        folder: 'x',
        caseName: 'x',
      }),
    ).toThrow('A CT or a label map is needed.')
  })

  it('is done once, and leaves only finished files', async () => {
    const once = { folder: folder.file('once'), force: false }
    expect((await apply(translation4([1, 2, 3]), once)).isUpToDate).toBe(false)
    expect((await apply(translation4([1, 2, 3]), once)).isUpToDate).toBe(true)
    expect((await apply(translation4([1, 2, 4]), once)).isUpToDate).toBe(false)
    expect((await readdir(folder.file('once'))).sort()).toEqual([
      'ct_moved.nrrd',
      'ct_moved.provenance.json',
      'ct_moved.tfm',
      'ct_moved_labels.nrrd',
    ])
  })
})
