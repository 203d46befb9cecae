import { readdir, stat, utimes, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type ResampleIsotropicInput,
  resampleIsotropicInputSchema,
} from '../../contract/operations/resample-isotropic.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { add, distance, invertAffine, transformPoint } from '../../geometry/matrix.js'
import { rotationFromVector } from '../../geometry/rigid.js'
import { readVolume } from '../read-volume.js'
import { quietContext } from '../testing/quiet-context.js'
import { temporaryFolder } from '../testing/temporary-folder.js'
import { readTransformFile } from '../transform-file/read-transform.js'
import { gridCentreMm, lpsFromIndex } from '../volume.js'
import { writeVolume } from '../write-volume.js'
import { resampleIsotropicFiles } from './isotropic.operation.js'

const folder = temporaryFolder({ beforeAll, afterAll })

const grid: VolumeGrid = {
  size: [40, 30, 12],
  spacingMm: [0.8, 0.8, 2.5],
  originMm: [-183.1, 42.7, -1201.3],
  direction: rotationFromVector([0.1, 0.2, -0.3]),
}
/** Finer and offset: its own grid, with a box of label 5 in the middle of the CT and one voxel of label 9. */
const labelGrid: VolumeGrid = {
  size: [64, 48, 60],
  spacingMm: [0.5, 0.5, 0.5],
  originMm: transformPoint(lpsFromIndex(grid), [0.3, -0.2, 0.1]),
  direction: grid.direction,
}
const isBox = (i: number, j: number, k: number) => i >= 20 && i < 44 && j >= 10 && j < 30 && k >= 18 && k < 42

beforeAll(async () => {
  const ct = new Int16Array(40 * 30 * 12)
  for (let n = 0; n < ct.length; n++) ct[n] = ((n * 7919) % 1500) - 1000
  await writeVolume(folder.file('ct.nrrd'), { grid, voxels: ct })
  const labels = new Uint8Array(64 * 48 * 60)
  for (let n = 0; n < labels.length; n++) {
    labels[n] = isBox(n % 64, Math.floor(n / 64) % 48, Math.floor(n / (64 * 48))) ? 5 : 0
  }
  labels[3 + 64 * (3 + 48 * 3)] = 9
  await writeVolume(folder.file('labels.nrrd'), { grid: labelGrid, voxels: labels })
})

const request = (changes: Partial<ResampleIsotropicInput> = {}): ResampleIsotropicInput =>
  resampleIsotropicInputSchema.parse({
    volume: { path: folder.file('ct.nrrd') },
    spacingMm: 1.1,
    folder: folder.file('out'),
    caseName: 'ct',
    ...changes,
  })

const read = async (path: string) => (await readVolume({ path, acceptGeometry: false })).volume

describe('resample-isotropic', () => {
  it('writes CT, labels and centring on one grid, and the centring leads back to the original places', async () => {
    const labelsPath = folder.file('labels.nrrd')
    const output = await resampleIsotropicFiles(
      request({ labelsPath, center: true, format: 'nrrd' }),
      quietContext(),
    )
    expect((await readdir(folder.file('out'))).sort()).toEqual([
      'ct_centering.tfm',
      'ct_isotropic.nrrd',
      'ct_isotropic.provenance.json',
      'ct_isotropic_labels.nrrd',
    ])
    expect(output).toMatchObject({
      isUpToDate: false,
      voxelType: 'int16',
      labels: [5],
      outside: { value: -1000 },
    })
    expect(output.warnings).toEqual([expect.stringContaining('labels 9 have no voxel')])
    expect(output.storedWithinMm).toBeLessThan(1e-9)

    const { matrix: originalFromCentered } = await readTransformFile(output.transform ?? '')
    const [ct, labels] = [await read(output.volume), await read(output.labelsFile ?? '')]
    expect(labels.grid).toEqual(ct.grid)
    // The old volume's middle is at 0, and its first voxel is the new one's.
    expect(distance(transformPoint(originalFromCentered, [0, 0, 0]), gridCentreMm(grid))).toBeLessThan(1e-9)
    expect(distance(transformPoint(originalFromCentered, ct.grid.originMm), grid.originMm)).toBeLessThan(1e-9)
    expect(originalFromCentered).toEqual(output.originalFromCentered)

    const labelIndexFromLps = invertAffine(lpsFromIndex(labelGrid))
    const lpsFromNew = lpsFromIndex(labels.grid)
    const [nx, ny] = labels.grid.size
    const wrong = Array.from(labels.voxels).filter((label, n) => {
      const centred = transformPoint(lpsFromNew, [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))])
      const [i, j, k] = transformPoint(labelIndexFromLps, transformPoint(originalFromCentered, centred))
      return label !== (isBox(Math.round(i), Math.round(j), Math.round(k)) ? 5 : 0)
    })
    expect(labels.voxels.filter((label) => label === 5).length).toBeGreaterThan(800)
    expect(wrong).toEqual([])
  })

  it('leaves equal voxels as they are, and chooses places that NIfTI holds', async () => {
    const cube: VolumeGrid = { ...grid, spacingMm: [1.7, 1.7, 1.7], size: [9, 8, 7] }
    const voxels = Int16Array.from({ length: 504 }, (_, n) => (n * 37) % 999)
    await writeVolume(folder.file('cube.mha'), { grid: cube, voxels })
    for (const interpolation of ['linear', 'bspline', 'sinc'] as const) {
      const output = await resampleIsotropicFiles(
        request({
          volume: { path: folder.file('cube.mha'), acceptGeometry: false },
          spacingMm: 'min',
          interpolation,
          folder: folder.file(`cube ${interpolation}`),
        }),
        quietContext(),
      )
      const { voxels: same, grid: stored } = await read(output.volume)
      expect([...same]).toEqual([...voxels])
      // Oblique axes are a quaternion of float32 in NIfTI; origin and spacing are chosen to survive.
      expect(stored.originMm).toEqual(output.grid.originMm)
      expect(stored.spacingMm).toEqual(output.grid.spacingMm)
      expect(output.storedWithinMm).toBeGreaterThan(0)
      expect(output.storedWithinMm).toBeLessThan(1e-5)
    }
  })

  it('places voxels to 1e-6 mm in NIfTI where the axes are those of the patient', async () => {
    const straight: VolumeGrid = {
      ...grid,
      direction: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    }
    await writeVolume(folder.file('straight.nrrd'), { grid: straight, voxels: new Int16Array(40 * 30 * 12) })
    const output = await resampleIsotropicFiles(
      request({
        volume: { path: folder.file('straight.nrrd'), acceptGeometry: false },
        center: true,
        spacingMm: 0.7,
        folder: folder.file('straight'),
      }),
      quietContext(),
    )
    expect(output.storedWithinMm).toBeLessThan(1e-6)
    const stored = lpsFromIndex((await read(output.volume)).grid)
    const index = [30, 20, 10] as const
    const oldPlace = add(straight.originMm, [30 * 0.7, 20 * 0.7, 10 * 0.7])
    const shift = gridCentreMm(straight)
    // Only the rounding of origin and spacing to float32 lies between this and the exact place.
    expect(distance(add(transformPoint(stored, index), shift), oldPlace)).toBeLessThan(1e-5)
  })

  it('has nothing to do a second time, and all of it when the setting is another', async () => {
    const once = request({ folder: folder.file('again') })
    const first = await resampleIsotropicFiles(once, quietContext())
    const before = new Date(2001, 1, 1)
    await utimes(first.volume, before, before)
    const second = await resampleIsotropicFiles(once, quietContext())
    expect(second).toEqual({ ...first, isUpToDate: true })
    expect((await stat(first.volume)).mtime).toEqual(before)
    const other = await resampleIsotropicFiles({ ...once, spacingMm: 1.2 }, quietContext())
    expect(other.isUpToDate).toBe(false)
    await writeFile(first.volume, 'not ours')
    await expect(resampleIsotropicFiles(once, quietContext())).rejects.toMatchObject({
      code: 'output-exists',
    })
  })

  it.each([
    [{ spacingMm: 0.01 }, 'input-invalid', 'GiB'],
    [{ spacingMm: 50 }, 'input-invalid', 'too large'],
    [{ labelsPath: 'ct.nrrd' }, 'labels-invalid', 'no label map'],
    [{ labelsPath: 'absent.nrrd' }, 'file-not-found', 'absent.nrrd'],
  ] as const)('refuses %o', async (changes, code, words) => {
    const paths = 'labelsPath' in changes ? { labelsPath: folder.file(changes.labelsPath) } : changes
    const bad = request({ ...paths, folder: folder.file('bad') })
    const refused = resampleIsotropicFiles(bad, quietContext())
    await expect(refused).rejects.toMatchObject({ code })
    await expect(refused).rejects.toThrow(words)
    await expect(stat(folder.file('bad'))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('stops between slices and leaves nothing', async () => {
    const controller = new AbortController()
    const context = quietContext(controller.signal)
    const stopped = resampleIsotropicFiles(request({ folder: folder.file('stopped') }), {
      ...context,
      onProgress: ({ message }) => {
        if (message === 'Resampling') controller.abort()
      },
    })
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' })
    await expect(stat(folder.file('stopped'))).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
