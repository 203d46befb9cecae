import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { transformPoint } from '../../geometry/matrix.js'
import { readVolume } from '../read-volume.js'
import {
  dicomBytes,
  rampSlice,
  sliceShape,
  type SyntheticSlice,
  writeSlices,
} from '../testing/synthetic-dicom.js'
import { temporaryFolder } from '../testing/temporary-folder.js'
import { lpsFromIndex, type Volume } from '../volume.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const origin = [-3, 4, 10] as const

/** Slices at these distances from the first along z. */
function axialStack(distancesMm: readonly number[]): SyntheticSlice[] {
  return distancesMm.map((distance, index) =>
    rampSlice(index + 1, [origin[0], origin[1], origin[2] + distance]),
  )
}

async function read(name: string, slices: readonly SyntheticSlice[], acceptGeometry = false) {
  await writeSlices(folder.file(name), slices)
  return readVolume({ path: folder.file(name), acceptGeometry })
}

/** Largest departure of the voxels from HU = x + 2 y + 3 z at their places, where `isCounted`. */
function largestError(
  volume: Volume,
  isCounted: (i: number, j: number, k: number) => boolean = () => true,
): number {
  const affine = lpsFromIndex(volume.grid)
  const [nx, ny, nz] = volume.grid.size
  let largest = 0
  for (let k = 0; k < nz; k++)
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++) {
        if (!isCounted(i, j, k)) continue
        const [x, y, z] = transformPoint(affine, [i, j, k])
        largest = Math.max(largest, Math.abs(volume.voxels[i + nx * (j + ny * k)] - (x + 2 * y + 3 * z)))
      }
  return largest
}

const codesOf = (issues: readonly { code: string; severity: string }[]) =>
  issues.map(({ code, severity }) => `${code} ${severity}`)

describe('a sound DICOM series', () => {
  it('is read in HU at its place, whatever the order of its files', async () => {
    const slices = axialStack([0, 2, 4, 6, 8])
    const shuffled = [3, 0, 4, 1, 2].map((from, index) => ({
      ...slices[from],
      name: `${'cadbe'[index]}.dcm`,
      attributes: { ...slices[from].attributes, InstanceNumber: index },
    }))
    const { volume, summary } = await read('Reihe ä', shuffled)
    expect(volume.grid).toEqual({
      size: [sliceShape.columns, sliceShape.rows, 5],
      spacingMm: [0.5, 0.75, 2],
      originMm: [...origin],
      direction: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    })
    expect(largestError(volume)).toBeLessThanOrEqual(0.5)
    expect(codesOf(summary.issues)).toEqual(['unsorted-files note'])
  })

  it('with an integer rescale becomes int16', async () => {
    const slices = axialStack([0, 2, 4]).map((slice) => ({
      ...slice,
      attributes: { ...slice.attributes, RescaleSlope: 1 },
    }))
    const { volume, summary } = await read('int16', slices)
    expect(volume.voxels).toBeInstanceOf(Int16Array)
    expect(summary.valueRange[0]).toBeGreaterThanOrEqual(-1024)
  })

  it('is read with oblique slices and descending numbers', async () => {
    const [c, s] = [Math.cos(0.3), Math.sin(0.3)]
    const slices = [0, 1, 2, 3].map((index) => {
      const slice = rampSlice(9 - index, [0, -2.5 * index * s, 2.5 * index * c])
      return { ...slice, attributes: { ...slice.attributes, ImageOrientationPatient: [1, 0, 0, 0, c, s] } }
    })
    const { volume, summary } = await read('oblique', slices)
    expect(volume.grid.spacingMm[2]).toBeCloseTo(2.5, 9)
    expect(volume.grid.direction[1][2]).toBeCloseTo(-s, 9)
    expect(codesOf(summary.issues)).toEqual(['oblique note'])
  })
})

describe('a DICOM series with unsound geometry', () => {
  it.each([
    [
      'a missing slice',
      [0, 2, 4, 8, 10],
      /between slice 3 \("IM3.dcm", 4.00 mm\) .* so 1 slice is missing/,
      6,
    ],
    [
      'unequal spacing',
      [0, 2, 4, 5.2, 6.4, 7.6, 8.8],
      /not evenly spaced: neighbours lie 1\.200 to 2\.000 mm apart/,
      8,
    ],
  ])(
    '%s is refused, and interpolated at true positions when accepted',
    async (name, distances, sentence, count) => {
      await expect(read(name, axialStack(distances))).rejects.toMatchObject({
        code: 'geometry-unconfirmed',
        message: expect.stringMatching(sentence) as string,
      })
      const { volume, summary } = await read(name, axialStack(distances), true)
      expect(volume.grid.size[2]).toBe(count)
      expect(largestError(volume)).toBeLessThanOrEqual(1)
      expect(summary.issues.at(-1)?.message).toMatch(/^Used: .* interpolated linearly/)
    },
  )

  it('gantry tilt is refused, and straightened when accepted', async () => {
    const tilted = [0, 2, 4, 6].map((distance, index) =>
      rampSlice(index + 1, [origin[0], origin[1] + 0.4 * distance, origin[2] + distance], {
        GantryDetectorTilt: 21.8,
      }),
    )
    await expect(read('tilt', tilted)).rejects.toMatchObject({
      code: 'geometry-unconfirmed',
      message: expect.stringMatching(/drift by 2\.40 mm over the stack \(21\.8°/) as string,
    })
    const { volume } = await read('tilt', tilted, true)
    expect(volume.grid.size).toEqual([12, 14, 4])
    const affine = lpsFromIndex(volume.grid)
    const lastRowMm = (sliceShape.rows - 1) * sliceShape.pixelSpacingMm[1]
    const isCovered = (i: number, j: number, k: number) => {
      const y = transformPoint(affine, [i, j, k])[1] - (origin[1] + 0.4 * 2 * k)
      return y >= 0 && y <= lastRowMm
    }
    expect(largestError(volume, isCovered)).toBeLessThanOrEqual(1)
  })

  it('copies are left out with a word; different slices at one place are refused', async () => {
    const stack = axialStack([0, 2, 4])
    const copy = { ...stack[1], name: 'copy.dcm' }
    const { volume, summary } = await read('copies', [...stack, copy])
    expect(volume.grid.size[2]).toBe(3)
    expect(codesOf(summary.issues)).toContain('duplicate-slice warning')
    const other = { ...copy, pixels: copy.pixels.map((value) => value + 1) }
    await expect(read('conflict', [...stack, other])).rejects.toMatchObject({
      code: 'geometry-unconfirmed',
      message: expect.stringContaining('"IM2.dcm" lies where "copy.dcm" does') as string,
    })
  })

  it('missing positions are refused, and slice numbers used when accepted', async () => {
    const slices = axialStack([0, 2, 4]).map((slice) => ({
      ...slice,
      attributes: { ...slice.attributes, ImagePositionPatient: undefined, SliceThickness: 2 },
    }))
    await expect(read('no position', slices)).rejects.toMatchObject({ code: 'geometry-unconfirmed' })
    const { volume } = await read('no position', slices, true)
    expect([volume.grid.spacingMm[2], ...volume.grid.originMm]).toEqual([2, 0, 0, 0])
  })

  it('thickness that differs from the distance is noted', async () => {
    const slices = axialStack([0, 2, 4]).map((slice) => ({
      ...slice,
      attributes: { ...slice.attributes, SliceThickness: 3 },
    }))
    const { summary } = await read('thick', slices)
    expect(codesOf(summary.issues)).toEqual(['thickness-differs note'])
  })
})

describe('a folder of DICOM files', () => {
  it('with two series needs a choice', async () => {
    const path = folder.file('two series')
    const first = axialStack([0, 2, 4])
    const second = axialStack([0, 1, 2, 3]).map((slice, index) => ({
      ...slice,
      name: `B${index}.dcm`,
      attributes: { ...slice.attributes, SeriesInstanceUID: '1.2.3.4', SeriesDescription: 'Thin' },
    }))
    await writeSlices(path, [...first, ...second])
    await expect(readVolume({ path, acceptGeometry: false })).rejects.toMatchObject({
      code: 'input-invalid',
      hint: expect.stringContaining('4 slices "CT Thin" (1.2.3.4)') as string,
    })
    const { volume, summary } = await readVolume({ path, seriesUid: '1.2.3.4', acceptGeometry: false })
    expect(volume.grid.size[2]).toBe(4)
    expect(summary.series.map(({ slices }) => slices)).toEqual([4, 3])
    await expect(readVolume({ path, seriesUid: '9.9', acceptGeometry: false })).rejects.toMatchObject({
      code: 'input-invalid',
    })
  })

  it('leaves out a scout view and stray files, and says so', async () => {
    const path = folder.file('scout')
    const distances = Array.from({ length: 12 }, (_, index) => 2 * index)
    const scout = rampSlice(99, [0, 0, 0], {
      ImageType: ['ORIGINAL', 'PRIMARY', 'LOCALIZER'],
      ImageOrientationPatient: [1, 0, 0, 0, 0, -1],
    })
    await writeSlices(path, [...axialStack(distances), scout])
    await writeFile(`${path}/notes.txt`, 'nothing to see')
    const { volume, summary } = await readVolume({ path, acceptGeometry: false })
    expect(volume.grid.size[2]).toBe(12)
    expect(codesOf(summary.issues)).toEqual(['mixed-series note', 'note note'])
  })

  it('with a truncated slice is refused', async () => {
    const path = folder.file('truncated')
    await writeSlices(path, axialStack([0, 2, 4]))
    const bytes = await readFile(`${path}/IM2.dcm`)
    await writeFile(`${path}/IM2.dcm`, bytes.subarray(0, bytes.length - 40))
    await expect(readVolume({ path, acceptGeometry: false })).rejects.toMatchObject({
      code: 'file-truncated',
    })
    await writeFile(`${path}/IM2.dcm`, bytes.subarray(0, 400))
    await expect(readVolume({ path, acceptGeometry: false })).rejects.toMatchObject({
      code: 'file-truncated',
    })
  })

  it('with a single slice or no picture at all is no volume', async () => {
    await writeSlices(folder.file('single'), axialStack([0]))
    await expect(readVolume({ path: folder.file('single'), acceptGeometry: false })).rejects.toMatchObject({
      code: 'format-unsupported',
      message: expect.stringContaining('single slice') as string,
    })
    await mkdir(folder.file('text only'))
    await writeFile(folder.file('text only/readme.md'), 'hello')
    await expect(readVolume({ path: folder.file('text only'), acceptGeometry: false })).rejects.toMatchObject(
      {
        code: 'file-unreadable',
      },
    )
  })

  it('of colour pictures is refused', async () => {
    const path = folder.file('colour')
    await mkdir(path)
    for (const index of [0, 1]) {
      const { attributes } = rampSlice(index, [0, 0, index])
      const colour = { SamplesPerPixel: 3, PhotometricInterpretation: 'RGB', PlanarConfiguration: 0 }
      const plain = { RescaleSlope: undefined, RescaleIntercept: undefined }
      await writeFile(
        `${path}/${index}.dcm`,
        dicomBytes({ ...attributes, ...plain, ...colour }, new Uint8Array(360)),
      )
    }
    await expect(readVolume({ path, acceptGeometry: false })).rejects.toMatchObject({
      code: 'format-unsupported',
    })
  })
})
