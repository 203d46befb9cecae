import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { quietContext } from '../imaging/testing/quiet-context.js'
import { temporaryFolder } from '../imaging/testing/temporary-folder.js'
import { loadVolume } from '../imaging/volume-cache.js'
import { writeVolume } from '../imaging/write-volume.js'
import { releaseMemory } from './release-memory.operation.js'
import { volumeRenderer } from './volume-renderers.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const as = {
  attenuation: 'mu',
  boneMultiplier: 1,
  grid: 'stored',
  capRays: false,
  threads: 1,
} as const

describe('releaseMemory', () => {
  it('lets go of volumes and renderers, which are read and made anew', async () => {
    const path = folder.file('ct.nrrd')
    const direction = [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ] as const
    await writeVolume(path, {
      grid: { size: [8, 8, 8], spacingMm: [1, 1, 1], originMm: [0, 0, 0], direction },
      voxels: new Int16Array(512).fill(400),
    })
    const load = () => loadVolume({ path, acceptGeometry: false })
    const [volume, again] = [await load(), await load()]
    expect(again).toBe(volume)
    const renderer = await volumeRenderer(volume, as)
    expect(await volumeRenderer(volume, as)).toBe(renderer)
    await releaseMemory({}, quietContext())
    expect(await load()).not.toBe(volume)
    expect(await volumeRenderer(volume, as)).not.toBe(renderer)
    await releaseMemory({}, quietContext())
  })
})
