import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type VolumeGrid } from '../contract/operations/volume.js'
import { isSameGrid, loadLabels } from './labels.js'
import { loadVolume } from './volume-cache.js'
import { realData } from './testing/real-data.js'
import { temporaryFolder } from './testing/temporary-folder.js'
import { type VoxelArray } from './volume.js'
import { writeVolume } from './write-volume.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const identity = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
] as const
const grid: VolumeGrid = {
  size: [4, 4, 3],
  spacingMm: [1, 1, 2],
  originMm: [10, 20, 30],
  direction: identity,
}

async function labelFile(name: string, voxels: VoxelArray, on: VolumeGrid = grid): Promise<string> {
  const path = folder.file(name)
  await writeVolume(path, { grid: on, voxels })
  return path
}

/** Labels 1..3 by slice k. */
const bySlice = Uint8Array.from({ length: 48 }, (_, index) => Math.floor(index / 16) + 1)

describe('loadLabels', () => {
  it('on the same grid keeps the voxels', async () => {
    const path = await labelFile('same.nii.gz', bySlice)
    const map = await loadLabels({ path, structures: [3, 1] }, grid)
    expect([map.labels, map.structures, map.issues]).toEqual([bySlice, [1, 3], []])
  })

  it('on a reversed, finer and shifted grid takes the nearest place in millimetres, and says so', async () => {
    const other: VolumeGrid = {
      size: [8, 8, 3],
      spacingMm: [0.5, 0.5, 2],
      originMm: [13.25, 23.25, 34],
      direction: [
        [-1, 0, 0],
        [0, -1, 0],
        [0, 0, -1],
      ],
    }
    const reversed = Uint16Array.from({ length: 192 }, (_, index) => 300 + Math.floor(index / 64))
    const path = await labelFile('reversed.nrrd', reversed, other)
    const { labels, issues } = await loadLabels({ path, structures: [] }, grid)
    expect([labels[0], labels[16], labels[32]]).toEqual([302, 301, 300])
    expect(issues).toMatchObject([{ code: 'other-grid', severity: 'note' }])
  })

  it('names structures that lie outside, and refuses when none is inside', async () => {
    const shifted = { ...grid, originMm: [10, 20, 34] as const }
    const path = await labelFile('partly.mha', bySlice, shifted)
    const map = await loadLabels({ path, structures: [1, 2] }, grid)
    expect(map.structures).toEqual([1])
    expect(map.issues.map(({ severity }) => severity)).toEqual(['note', 'warning'])
    await expect(loadLabels({ path, structures: [3] }, grid)).rejects.toMatchObject({ code: 'no-overlap' })
    const away = await labelFile('away.mha', bySlice, { ...grid, originMm: [500, 20, 30] })
    await expect(loadLabels({ path: away, structures: [] }, grid)).rejects.toMatchObject({
      code: 'no-overlap',
    })
  })

  it('refuses absent labels, empty maps and CTs', async () => {
    const path = await labelFile('present.mha', bySlice)
    await expect(loadLabels({ path, structures: [1, 7, 9] }, grid)).rejects.toMatchObject({
      code: 'labels-invalid',
      message: expect.stringContaining('labels 7, 9') as string,
      hint: 'It holds the labels 1, 2, 3.',
    })
    const empty = await labelFile('empty.mha', new Uint8Array(48))
    await expect(loadLabels({ path: empty, structures: [] }, grid)).rejects.toMatchObject({
      code: 'labels-invalid',
    })
    const ct = await labelFile('ct.mha', new Int16Array(48).fill(-1000))
    await expect(loadLabels({ path: ct, structures: [] }, grid)).rejects.toMatchObject({
      code: 'labels-invalid',
    })
    const fractions = await labelFile('fractions.mha', new Float32Array(48).fill(0.5))
    await expect(loadLabels({ path: fractions, structures: [] }, grid)).rejects.toMatchObject({
      code: 'labels-invalid',
    })
  })

  it('whole numbers stored as float are labels', async () => {
    const path = await labelFile('float.nii', Float32Array.from(bySlice))
    expect((await loadLabels({ path, structures: [] }, grid)).labels).toEqual(bySlice)
  })
})

const lidc = realData('ct-chest-lidc')
describe.skipIf(lidc === null)('the chest CT and its labels, whose rows run the other way', () => {
  it('bones of the label map are dense in the CT', async () => {
    const { volume } = await loadVolume({ path: `${lidc ?? ''}/ct.nii.gz`, acceptGeometry: false })
    const map = await loadLabels({ path: `${lidc ?? ''}/mask.nii.gz`, structures: [] }, volume.grid)
    expect(map.issues.map(({ code }) => code)).toEqual(['other-grid'])
    const ribs = new Uint8Array(256)
    for (let label = 92; label <= 115; label++) ribs[label] = 1
    let [sum, count] = [0, 0]
    for (let index = 0; index < map.labels.length; index++) {
      if (ribs[map.labels[index]] === 0) continue
      sum += volume.voxels[index]
      count++
    }
    expect(count).toBeGreaterThan(100000)
    expect(sum / count).toBeGreaterThan(200)
  })
})

describe('isSameGrid', () => {
  it('forgives the rounding of formats and nothing more', () => {
    const moved = (shiftMm: number) => ({ ...grid, originMm: [10 + shiftMm, 20, 30] as const })
    expect([isSameGrid(grid, moved(1e-4)), isSameGrid(grid, moved(0.1))]).toEqual([true, false])
    expect(isSameGrid(grid, { ...grid, size: [4, 4, 4] })).toBe(false)
  })
})
