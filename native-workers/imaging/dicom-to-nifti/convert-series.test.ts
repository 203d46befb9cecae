import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { transformPoint } from '../../geometry/matrix.js'
import { readVolume } from '../read-volume.js'
import { quietContext } from '../testing/quiet-context.js'
import {
  dicomBytes,
  rampSlice,
  sliceShape,
  type SyntheticSlice,
  writeSlices,
} from '../testing/synthetic-dicom.js'
import { temporaryFolder } from '../testing/temporary-folder.js'
import { lpsFromIndex, type Volume } from '../volume.js'
import { dicomToNifti } from './convert-series.operation.js'
import { listDicomSeries } from './list-series.operation.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const slope = { RescaleSlope: 1 }
const request = { correctTilt: false, resampleUneven: undefined, format: 'nrrd' as const, force: false }

/** Slices at these places; `driftPerMm` shears the stack along its rows as a tilted gantry does. */
const stack = (distancesMm: readonly number[], driftPerMm = 0): SyntheticSlice[] =>
  distancesMm.map((z, index) => rampSlice(index + 1, [3, -8 + driftPerMm * z, z], { SeriesNumber: 4 }))

async function convert(
  name: string,
  slices: readonly SyntheticSlice[],
  changes: Partial<Parameters<typeof dicomToNifti>[0]> = {},
) {
  await writeSlices(folder.file(name), slices)
  const { series } = await listDicomSeries({ path: folder.file(name) }, quietContext())
  const input = {
    ...request,
    files: series[0].files,
    folder: folder.file(`${name} out`),
    name: series[0].name,
    ...changes,
  }
  const output = await dicomToNifti(input, quietContext())
  return { output, volume: (await readVolume({ path: output.volume, acceptGeometry: false })).volume }
}

/** Largest departure from HU = x + 2 y + 3 z at the voxels' places, where `isCounted` says that slices covered them. */
function largestError(
  { grid, voxels }: Volume,
  isCounted: (y: number, z: number) => boolean,
): { error: number; counted: number } {
  const affine = lpsFromIndex(grid)
  const [nx, ny, nz] = grid.size
  let [error, counted] = [0, 0]
  for (let k = 0; k < nz; k++)
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++) {
        const [x, y, z] = transformPoint(affine, [i, j, k])
        if (!isCounted(y, z)) continue
        counted++
        error = Math.max(error, Math.abs(voxels[i + nx * (j + ny * k)] - (x + 2 * y + 3 * z)))
      }
  return { error, counted }
}

describe('dicom-to-nifti', () => {
  it('writes volume and geometry report, and finds its work done the second time', async () => {
    const { output, volume } = await convert('sound', stack([0, 2, 4, 6]))
    expect(output.geometry).toMatchObject({ slices: 4, axes: 'LPS', modality: 'CT', findings: [] })
    expect(volume.grid).toMatchObject({ spacingMm: [0.5, 0.75, 2], originMm: [3, -8, 0] })
    expect(largestError(volume, () => true).error).toBeLessThanOrEqual(0.25)
    expect(JSON.parse(await readFile(output.geometryFile, 'utf8'))).toEqual(output.geometry)
    expect((await readdir(folder.file('sound out'))).sort()).toEqual([
      '004_Ramp.geometry.json',
      '004_Ramp.nrrd',
      '004_Ramp.provenance.json',
    ])
    expect((await convert('sound', stack([0, 2, 4, 6]))).output.isUpToDate).toBe(true)
  })

  it('writes int16 where all values fit', async () => {
    const slices = stack([0, 2, 4]).map((slice) => ({
      ...slice,
      attributes: { ...slice.attributes, ...slope, RescaleIntercept: 0 },
    }))
    expect((await convert('int16', slices)).output.geometry.writtenType).toBe('int16')
  })

  it('refuses a tilted stack, and straightens it exactly when asked', async () => {
    const tilted = stack([0, 2, 4, 6], 0.4)
    await expect(convert('tilted', tilted)).rejects.toMatchObject({
      code: 'geometry-unconfirmed',
      message: expect.stringMatching(/drift by 2\.40 mm/) as string,
      hint: expect.stringMatching(/--correct-tilt/) as string,
    })
    await expect(convert('tilted', tilted, { resampleUneven: 'median' })).rejects.toThrow(/drift/)
    const { volume, output } = await convert('tilted', tilted, { correctTilt: true })
    const lastRowMm = (sliceShape.rows - 1) * sliceShape.pixelSpacingMm[1]
    const { error, counted } = largestError(
      volume,
      (y, z) => y >= -8 + 0.4 * z && y <= -8 + 0.4 * z + lastRowMm,
    )
    expect(counted).toBeGreaterThan(300)
    // Half a step of the stored values, which the linear interpolation does not enlarge.
    expect(error).toBeLessThanOrEqual(0.25 + 1e-3)
    expect(output.geometry.findings.at(-1)?.message).toMatch(/moved back by their drift/)
  })

  it('refuses uneven slices, and interpolates at their true places when asked', async () => {
    const uneven = stack([0, 2, 4, 5, 6, 7, 10])
    await expect(convert('uneven', uneven)).rejects.toMatchObject({
      code: 'geometry-unconfirmed',
      hint: expect.stringMatching(/--resample-uneven/) as string,
    })
    await expect(convert('uneven', uneven, { correctTilt: true })).rejects.toThrow(/missing|evenly/)
    const finest = await convert('uneven', uneven, { resampleUneven: 'finest' })
    expect(finest.volume.grid.spacingMm[2]).toBeCloseTo(1, 9)
    expect(finest.volume.grid.size[2]).toBe(11)
    expect(largestError(finest.volume, () => true).error).toBeLessThanOrEqual(0.25 + 1e-3)
  })

  it('never accepts different slices at one place', async () => {
    const twice = [...stack([0, 2, 4]), { ...rampSlice(9, [50, -8, 2]), name: 'other.dcm' }]
    twice[3] = {
      ...twice[3],
      attributes: { ...twice[3].attributes, ImagePositionPatient: [3, -8, 2], SeriesNumber: 4 },
    }
    const all = { correctTilt: true, resampleUneven: 'median' as const }
    await expect(convert('twice', twice, all)).rejects.toMatchObject({ code: 'geometry-unconfirmed' })
  })

  it('refuses slices whose pixels break off', async () => {
    await writeSlices(folder.file('broken'), stack([0, 2, 4]))
    const path = folder.file('broken/IM2.dcm')
    await writeFile(path, (await readFile(path)).subarray(0, -20))
    const { series } = await listDicomSeries({ path: folder.file('broken') }, quietContext())
    const input = { ...request, files: series[0].files, folder: folder.file('broken out'), name: 'x' }
    await expect(dicomToNifti(input, quietContext())).rejects.toMatchObject({ code: 'file-truncated' })
    await expect(readdir(folder.file('broken out'))).rejects.toThrow()
  })
})

describe('list-dicom-series', () => {
  it('finds the series of all subfolders under names of their own, and says what it leaves out', async () => {
    const root = folder.file('disc')
    const second = { SeriesInstanceUID: '1.2.9', SeriesNumber: 4, SeriesDescription: 'Ramp' }
    await writeSlices(join(root, 'a/b'), stack([0, 2, 4]))
    await writeSlices(
      join(root, 'c'),
      [0, 2].map((z, index) => rampSlice(index + 1, [0, 0, z], second)),
    )
    const localizer = { SeriesInstanceUID: '1.2.10', ImageType: ['ORIGINAL', 'PRIMARY', 'LOCALIZER'] }
    await writeSlices(join(root, 'scout'), [
      rampSlice(1, [0, 0, 0], localizer),
      rampSlice(2, [0, 0, 9], localizer),
    ])
    const xray = dicomBytes(
      {
        SOPClassUID: '1.2.840.10008.5.1.4.1.1.1.1',
        Modality: 'DX',
        SeriesInstanceUID: '1.2.11',
        Rows: 2,
        Columns: 2,
      },
      new Uint16Array(4),
    )
    await writeFile(join(root, 'xray.dcm'), xray)
    await writeFile(join(root, 'notes.txt'), 'nothing')
    await writeFile(join(root, 'cut.dcm'), xray.subarray(0, 300))
    const list = await listDicomSeries({ path: root }, quietContext())
    expect(list.series.map(({ name, slices }) => [name, slices])).toEqual([
      ['004_Ramp', 3],
      ['004_Ramp_2', 2],
    ])
    expect(list.skipped.map(({ reason }) => reason).sort()).toEqual([
      'a localiser, not a volume',
      'an X-ray (DX), not a volume',
      'no DICOM file with a preamble',
    ])
    expect(list.damaged).toEqual([{ file: 'cut.dcm', reason: 'is incomplete or damaged' }])
  })

  it('refuses a file that is no directory of a disc', async () => {
    await mkdir(folder.file('x'))
    await writeFile(folder.file('x/ct.dcm'), 'x')
    const run = listDicomSeries({ path: folder.file('x/ct.dcm') }, quietContext())
    await expect(run).rejects.toMatchObject({ code: 'input-invalid' })
  })
})
