import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type VolumeGrid } from '../contract/operations/volume.js'
import { maxDifference } from '../geometry/matrix.js'
import { readVolume } from './read-volume.js'
import { realData } from './testing/real-data.js'
import { temporaryFolder } from './testing/temporary-folder.js'
import { lpsFromIndex, type VoxelArray } from './volume.js'
import { writeFloat32Tiff } from './write-picture.js'
import { writeVolume } from './write-volume.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const [c, s] = [Math.cos(0.3), Math.sin(0.3)]
const grid: VolumeGrid = {
  size: [6, 5, 4],
  spacingMm: [0.9, 1.1, 2.5],
  originMm: [-12, 30.5, 7],
  direction: [
    [c, -s, 0],
    [s, c, 0],
    [0, 0, 1],
  ],
}
const hounsfield = Int16Array.from({ length: 120 }, (_, index) => index * 17 - 1000)

const read = (path: string, spacingMm?: [number, number, number]) =>
  readVolume({ path, spacingMm, acceptGeometry: false })

async function written(
  name: string,
  voxels: VoxelArray = hounsfield,
  on: VolumeGrid = grid,
): Promise<string> {
  const path = folder.file(name)
  await writeVolume(path, { grid: on, voxels })
  return path
}

describe('volumes written and read again', () => {
  it.each(['hüfte.nii.gz', 'a b.nii', 'x.nrrd', 'x.mha'])(
    '%s keeps values and oblique geometry',
    async (name) => {
      const { volume, summary } = await read(await written(name))
      expect(volume.voxels).toEqual(hounsfield)
      expect(maxDifference(lpsFromIndex(volume.grid), lpsFromIndex(grid))).toBeLessThan(1e-5)
      expect(summary.valueRange).toEqual([-1000, 1023])
      expect(summary.issues.map(({ code }) => code)).toEqual(['oblique'])
    },
  )

  it('32-bit integers become int16 where they fit, and stay where they do not', async () => {
    const fitting = await read(await written('fits.mha', Int32Array.from(hounsfield)))
    expect(fitting.volume.voxels).toEqual(hounsfield)
    const large = Int32Array.from(hounsfield, (value) => value * 1000)
    expect((await read(await written('large.mha', large))).volume.voxels).toEqual(large)
  })
})

describe('incomplete files', () => {
  it.each(['t.nii', 't.nii.gz', 't.nrrd', 't.mha'])('%s is refused as truncated', async (name) => {
    const path = await written(name)
    const bytes = await readFile(path)
    await writeFile(path, bytes.subarray(0, bytes.length - 30))
    await expect(read(path)).rejects.toMatchObject({ code: 'file-truncated' })
  })

  it('a gzip stream that is whole but too short is refused', async () => {
    const path = await written('short.nii.gz')
    await writeFile(path, gzipSync(gunzipSync(await readFile(path)).subarray(0, 400)))
    await expect(read(path)).rejects.toMatchObject({ code: 'file-truncated' })
  })

  it('a header cut short is refused', async () => {
    const path = await written('header.nii')
    await writeFile(path, (await readFile(path)).subarray(0, 348))
    await expect(read(path)).rejects.toMatchObject({ code: 'file-truncated' })
  })

  it('gzip of two members is complete', async () => {
    const path = await written('members.nii.gz')
    const plain = gunzipSync(await readFile(path))
    await writeFile(path, Buffer.concat([gzipSync(plain.subarray(0, 380)), gzipSync(plain.subarray(380))]))
    expect((await read(path)).volume.voxels).toEqual(hounsfield)
  })
})

describe('what is no volume', () => {
  it('a picture of one slice is 2D', async () => {
    const path = await written('2d.nrrd', hounsfield.slice(0, 30), { ...grid, size: [6, 5, 1] })
    await expect(read(path)).rejects.toMatchObject({
      code: 'format-unsupported',
      message: expect.stringContaining('2D') as string,
    })
  })

  it('a time series is 4D', async () => {
    const header =
      'NRRD0004\ntype: short\ndimension: 4\nsizes: 3 4 5 2\nencoding: raw\nendian: little\nspacings: 1 1 1 1\n\n'
    const path = folder.file('4d.nrrd')
    await writeFile(path, Buffer.concat([Buffer.from(header), Buffer.alloc(240)]))
    await expect(read(path)).rejects.toMatchObject({
      code: 'format-unsupported',
      message: expect.stringContaining('4D (3 x 4 x 5 x 2)') as string,
    })
  })

  it('colours are refused', async () => {
    const header =
      'NRRD0004\ntype: uchar\ndimension: 4\nsizes: 3 4 5 6\nkinds: RGB-color domain domain domain\nencoding: raw\n' +
      'space: left-posterior-superior\nspace directions: none (1,0,0) (0,1,0) (0,0,1)\nspace origin: (0,0,0)\n\n'
    const path = folder.file('rgb.nrrd')
    await writeFile(path, Buffer.concat([Buffer.from(header), Buffer.alloc(360)]))
    await expect(read(path)).rejects.toMatchObject({
      code: 'format-unsupported',
      message: expect.stringContaining('3 values per voxel') as string,
    })
  })

  it('absurd sizes are refused before anything is allocated', async () => {
    const header =
      'NRRD0004\ntype: float\ndimension: 3\nsizes: 20000 20000 20000\nencoding: raw\nendian: little\nspacings: 1 1 1\n\n'
    const path = folder.file('huge.nrrd')
    await writeFile(path, header)
    await expect(read(path)).rejects.toMatchObject({
      code: 'format-unsupported',
      message: expect.stringContaining('too large') as string,
    })
  })

  it.each([
    ['nan.nrrd', Float32Array],
    ['nan.mha', Float64Array],
    ['nan.nii.gz', Float32Array],
    ['nan.nii', Float64Array],
  ])('%s: names the first voxel that is not a number', async (name, ArrayType) => {
    const voxels = ArrayType.from(hounsfield)
    voxels[6 * 5 + 6 + 2] = Number.NaN
    voxels[100] = Infinity
    await expect(read(await written(name, voxels))).rejects.toMatchObject({
      code: 'values-invalid',
      message: expect.stringMatching(/2 values .* \(2, 1, 1\)/) as string,
    })
  })

  it.each([
    ['absent.nii', null, 'file-not-found'],
    ['empty.nii', '', 'file-unreadable'],
    ['words.nii', 'this is no volume at all', 'file-unreadable'],
    ['words.xyz', '\u0000\u0001\u0002', 'format-unknown'],
    ['words.json', '{}', 'format-unsupported'],
  ])('%s is refused', async (name, content, code) => {
    if (content !== null) await writeFile(folder.file(name), content)
    await expect(read(folder.file(name))).rejects.toMatchObject({ code })
  })

  it('an empty folder is refused', async () => {
    await mkdir(folder.file('empty folder'))
    await expect(read(folder.file('empty folder'))).rejects.toMatchObject({
      code: 'file-unreadable',
      message: expect.stringContaining('holds no files') as string,
    })
  })
})

describe('geometry that is missing or stated otherwise', () => {
  it('NRRD in RAS is turned to LPS', async () => {
    const header =
      'NRRD0004\ntype: short\ndimension: 3\nspace: right-anterior-superior\nsizes: 6 5 4\nencoding: raw\nendian: little\n' +
      'space directions: (-2,0,0) (0,-2,0) (0,0,3)\nspace origin: (10,20,30)\n\n'
    const path = folder.file('ras.nrrd')
    await writeFile(path, Buffer.concat([Buffer.from(header), Buffer.from(hounsfield.buffer)]))
    const { volume } = await read(path)
    expect(lpsFromIndex(volume.grid).slice(0, 3)).toEqual([
      [2, 0, 0, -10],
      [0, 2, 0, -20],
      [0, 0, 3, 30],
    ])
  })

  it('a file without spacing needs one', async () => {
    const header = 'NRRD0004\ntype: short\ndimension: 3\nsizes: 6 5 4\nencoding: raw\nendian: little\n\n'
    const path = folder.file('no spacing.nrrd')
    await writeFile(path, Buffer.concat([Buffer.from(header), Buffer.from(hounsfield.buffer)]))
    await expect(read(path)).rejects.toMatchObject({ code: 'geometry-missing' })
    const { volume, summary } = await read(path, [1, 2, 3])
    expect(volume.grid.spacingMm).toEqual([1, 2, 3])
    expect(summary.issues.map(({ code }) => code)).toEqual(['missing-position'])
  })

  it('a folder of TIFF slices is stacked in numeric order, with a given spacing', async () => {
    const path = folder.file('stack')
    await mkdir(path)
    for (const slice of [1, 2, 10]) {
      const pixels = new Float32Array(6).fill(slice)
      await writeFloat32Tiff(`${path}/slice ${slice}.tif`, { width: 3, height: 2, pixels })
    }
    await expect(read(path)).rejects.toMatchObject({ code: 'geometry-missing' })
    const { volume } = await read(path, [0.4, 0.4, 0.6])
    expect(volume.grid.size).toEqual([3, 2, 3])
    expect([volume.voxels[0], volume.voxels[6], volume.voxels[12]]).toEqual([1, 2, 10])
    await writeFloat32Tiff(`${path}/slice 3.tif`, { width: 2, height: 2, pixels: new Float32Array(4) })
    await expect(read(path, [1, 1, 1])).rejects.toMatchObject({ code: 'format-unsupported' })
  })

  it('stops when cancelled', async () => {
    const path = await written('cancel.nii')
    await expect(readVolume({ path, acceptGeometry: false }, AbortSignal.abort())).rejects.toMatchObject({
      code: 'cancelled',
    })
  })
})

const wrist = realData('wrist-biplane', 'models', 'rad_dcm_cropped.tif')
describe.skipIf(wrist === null)('the radius of the wrist', () => {
  it('is read from its packed 16-bit TIFF', async () => {
    const { volume, summary } = await read(wrist ?? '', [0.39625, 0.39625, 0.625])
    expect([volume.grid.size, summary.storedType, summary.valueRange]).toEqual([
      [68, 86, 128],
      'uint16',
      [0, 4095],
    ])
    await expect(read(wrist ?? '')).rejects.toMatchObject({ code: 'geometry-missing' })
  })
})

const compressed = realData('dicom-samples', 'ct-j2k-series')
describe.skipIf(compressed === null)('the JPEG 2000 series', () => {
  it('is read at the distance of its slices, not their thickness', async () => {
    const { volume, summary } = await read(compressed ?? '')
    expect(volume.grid.spacingMm[2]).toBeCloseTo(2, 9)
    expect(summary.issues.map(({ code }) => code)).toEqual(['note', 'thickness-differs'])
    expect(summary.valueRange).toEqual([-1024, 1839])
  })
})
