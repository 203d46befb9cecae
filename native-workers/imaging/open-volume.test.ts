import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type VolumeGrid } from '../contract/operations/volume.js'
import { type OperationContext } from '../contract/progress.js'
import { gridCentreMm } from './volume.js'
import { openVolume } from './open-volume.operation.js'
import { loadVolume } from './volume-cache.js'
import { temporaryFolder } from './testing/temporary-folder.js'
import { writeVolume } from './write-volume.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const grid: VolumeGrid = {
  size: [8, 6, 4],
  spacingMm: [1, 1, 1],
  originMm: [0, 0, 0],
  direction: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
}
const context: OperationContext = {
  signal: new AbortController().signal,
  onProgress: () => undefined,
  onEvent: () => undefined,
}
const voxels = Int16Array.from({ length: 192 }, (_, index) => index * 100 - 9000)

describe('openVolume', () => {
  it('writes a display copy once, as int16, and coarser until it fits', async () => {
    const path = folder.file('ct.nrrd')
    await writeVolume(path, { grid, voxels })
    const input = { volume: { path, acceptGeometry: false }, cacheFolder: folder.file('zwischen lager') }
    const full = await openVolume({ ...input, displayLimitBytes: 1e6 }, context)
    expect(full.display.grid).toEqual(grid)
    const bytes = await readFile(full.display.file)
    expect(new Int16Array(bytes.buffer, bytes.byteOffset, 192)).toEqual(voxels)
    const { mtimeMs } = await stat(full.display.file)
    const again = await openVolume({ ...input, displayLimitBytes: 1e6 }, context)
    expect([again.display.file, (await stat(again.display.file)).mtimeMs]).toEqual([
      full.display.file,
      mtimeMs,
    ])

    const coarse = await openVolume({ ...input, displayLimitBytes: 100 }, context)
    expect(coarse.display.grid.size).toEqual([4, 3, 2])
    expect(gridCentreMm(coarse.display.grid)).toEqual(gridCentreMm(grid))
    expect((await stat(coarse.display.file)).size).toBe(48)
    expect(await readdir(input.cacheFolder)).toHaveLength(2)
  })

  it('says so when the display can not show the values', async () => {
    const path = folder.file('mu.mha')
    await writeVolume(path, { grid, voxels: Float32Array.from(voxels, (value) => value / 1e6) })
    const input = {
      volume: { path, acceptGeometry: false },
      cacheFolder: folder.path,
      displayLimitBytes: 1e6,
    }
    const { summary } = await openVolume(input, context)
    expect(summary.issues.at(-1)?.message).toContain('whole numbers')
  })

  it('a cache folder that can not be made is named', async () => {
    const path = folder.file('ct.nrrd')
    await writeFile(folder.file('a file'), '')
    const input = {
      volume: { path, acceptGeometry: false },
      cacheFolder: folder.file('a file/x'),
      displayLimitBytes: 1e6,
    }
    await expect(openVolume(input, context)).rejects.toMatchObject({ code: 'output-unwritable' })
  })
})

describe('loadVolume', () => {
  it('gives the same voxels again until the file changes', async () => {
    const path = folder.file('again.nrrd')
    await writeVolume(path, { grid, voxels })
    const source = { path, acceptGeometry: false }
    const first = await loadVolume(source)
    expect((await loadVolume(source)).volume.voxels).toBe(first.volume.voxels)
    await writeVolume(path, { grid: { ...grid, size: [4, 6, 4] }, voxels: voxels.slice(0, 96) })
    const changed = await loadVolume(source)
    expect(changed.volume.grid.size).toEqual([4, 6, 4])
    expect(changed.key).not.toBe(first.key)
  })
})
