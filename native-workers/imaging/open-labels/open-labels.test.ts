import { readFile, stat, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { quietContext } from '../testing/quiet-context.js'
import { temporaryFolder } from '../testing/temporary-folder.js'
import { writeVolume } from '../write-volume.js'
import { openLabels } from './open-labels.operation.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const ctGrid: VolumeGrid = {
  size: [6, 5, 4],
  spacingMm: [1, 1, 2],
  originMm: [10, 20, 30],
  direction: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
}
/** The same place, with j running the other way, as TotalSegmentator's maps lie against some CTs. */
const flippedGrid: VolumeGrid = {
  ...ctGrid,
  originMm: [10, 24, 30],
  direction: [
    [1, 0, 0],
    [0, -1, 0],
    [0, 0, 1],
  ],
}

/** Label 3 in two voxels of the first row of the CT, label 300 in one at its far corner. */
function flippedMap(): Uint16Array {
  const voxels = new Uint16Array(120)
  voxels[1 + 6 * 4] = 3
  voxels[2 + 6 * 4] = 3
  voxels[5 + 6 * (0 + 5 * 3)] = 300
  return voxels
}

describe('openLabels', () => {
  const open = (name: string) =>
    openLabels({ path: folder.file(name), grid: ctGrid, cacheFolder: folder.file('cache') }, quietContext())

  it('lays a map of another grid over the CT, in millimetres, and measures its labels', async () => {
    await writeVolume(folder.file('map.nii.gz'), { grid: flippedGrid, voxels: flippedMap() })
    await writeFile(folder.file('map.json'), JSON.stringify([{ label: 3, name: 'sacrum' }]))
    const output = await open('map.nii.gz')
    expect(output.display.bytesPerVoxel).toBe(2)
    const bytes = await readFile(output.display.file)
    const voxels = Array.from({ length: 120 }, (_, index) => bytes.readUInt16LE(2 * index))
    expect(voxels.flatMap((label, index) => (label === 0 ? [] : [[index, label]]))).toEqual([
      [1, 3],
      [2, 3],
      [119, 300],
    ])
    expect(output.labels).toEqual([
      {
        label: 3,
        name: 'sacrum',
        voxelCount: 2,
        centreMm: [11.5, 20, 30],
        box: { first: [1, 0, 0], last: [2, 0, 0] },
      },
      {
        label: 300,
        name: null,
        voxelCount: 1,
        centreMm: [15, 24, 36],
        box: { first: [5, 4, 3], last: [5, 4, 3] },
      },
    ])
    expect(output.namesFile).toBe(folder.file('map.json'))
    expect(output.issues).toMatchObject([{ code: 'other-grid', severity: 'note' }])
  })

  it('writes one byte where that is enough, and the same file once', async () => {
    await writeVolume(folder.file('small.nrrd'), {
      grid: ctGrid,
      voxels: Uint8Array.from({ length: 120 }, (_, index) => index % 3),
    })
    const first = await open('small.nrrd')
    expect(first.display.bytesPerVoxel).toBe(1)
    const { mtimeMs, size } = await stat(first.display.file)
    expect(size).toBe(120)
    const again = await open('small.nrrd')
    expect((await stat(again.display.file)).mtimeMs).toBe(mtimeMs)
    expect(again.labels.map(({ voxelCount }) => voxelCount)).toEqual([40, 40])
    expect(again.namesFile).toBeNull()
  })

  it('refuses a CT, and a map that lies elsewhere', async () => {
    await writeVolume(folder.file('ct.nrrd'), { grid: ctGrid, voxels: new Int16Array(120).fill(-1000) })
    await expect(open('ct.nrrd')).rejects.toMatchObject({ code: 'labels-invalid' })
    await writeVolume(folder.file('far.nrrd'), {
      grid: { ...ctGrid, originMm: [500, 0, 0] },
      voxels: new Uint8Array(120).fill(1),
    })
    await expect(open('far.nrrd')).rejects.toMatchObject({ code: 'no-overlap' })
  })
})
