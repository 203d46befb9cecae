import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../imaging/testing/temporary-folder.js'
import { smallContent } from '../testing/small-training.js'
import { findCheckpoint, readCheckpointNetwork, readTrainingState } from './read-checkpoint.js'
import { writeCheckpoint } from './write-checkpoint.js'

const folder = temporaryFolder({ beforeAll, afterAll })

async function trained(name: string, medians: readonly number[]): Promise<string> {
  const path = folder.file(name)
  await mkdir(path)
  let best = Infinity
  for (const [index, median] of medians.entries()) {
    await writeCheckpoint(path, smallContent(10 * (index + 1), median), median < best)
    best = Math.min(best, median)
  }
  return path
}

describe('checkpoints', () => {
  it('are read back as they were written', async () => {
    const path = await trained('a', [30])
    const found = await findCheckpoint(path, true)
    const { trainer, counters } = smallContent(10, 30).state ?? { trainer: null, counters: null }
    expect(await readTrainingState(found)).toEqual({ trainer, counters })
    expect([...(await readCheckpointNetwork(found))]).toEqual([10, 1, 2, 3])
    expect(found.path).toBe(join(path, '0001.json'))
    expect(found.checkpoint).toMatchObject({
      iteration: 10,
      medianMtreMm: 30,
      network: { file: '0001.onnx' },
    })
    expect(found.checkpoint.config).toMatchObject({
      volpath: '/data/ct.nii.gz',
      maskpath: '/data/mask.nii.gz',
      r1: [-30, 30],
      ty: [750, 950],
      sdd: 1020,
      height: 64,
      orientation: 'AP',
      reverse_x_axis: true,
      model_name: 'light',
      norm_layer: 'groupnorm',
      parameterization: 'quaternion_adjugate',
      unit_conversion_factor: 1000,
    })
  })

  it('keeps the newest two and the best', async () => {
    const path = await trained('b', [30, 12, 20, 25, 40])
    expect((await readdir(path)).sort()).toEqual([
      '0002.onnx',
      '0004.json',
      '0004.onnx',
      '0004.state',
      '0005.json',
      '0005.onnx',
      '0005.state',
      'best.json',
    ])
    expect((await findCheckpoint(join(path, 'best.json'))).checkpoint).toMatchObject({ iteration: 20 })
    await expect(findCheckpoint(join(path, 'best.json'), true)).rejects.toMatchObject({
      code: 'input-invalid',
    })
    expect((await findCheckpoint(path)).checkpoint.iteration).toBe(50)
  })

  it('takes the one before a damaged one, and says so', async () => {
    const path = await trained('c', [30, 20])
    const state = join(path, '0002.state')
    const bytes = await readFile(state)
    bytes[bytes.length - 1] ^= 1
    await writeFile(state, bytes)
    // The network itself is whole.
    expect(await findCheckpoint(path)).toMatchObject({ checkpoint: { iteration: 20 }, notes: [] })
    const found = await findCheckpoint(path, true)
    expect(found.checkpoint.iteration).toBe(10)
    expect(found.notes).toEqual([
      expect.stringContaining('0002.json was passed over: "0002.state" is not the file'),
    ])
    await writeCheckpoint(path, smallContent(20), false)
    expect((await findCheckpoint(path, true)).path).toBe(join(path, '0003.json'))
  })

  it('takes no notice of what a crash left behind', async () => {
    const path = await trained('d', [30])
    await cp(join(path, '0001.onnx'), join(path, '0002.onnx'))
    await writeFile(join(path, '.0123456789ab.0002.state'), 'half')
    expect((await findCheckpoint(path, true)).checkpoint.iteration).toBe(10)
    await writeCheckpoint(path, smallContent(20), false)
    expect((await readdir(path)).sort()).toEqual(
      ['0001', '0003']
        .flatMap((stem) => ['json', 'onnx', 'state'].map((ending) => `${stem}.${ending}`))
        .concat('best.json'),
    )
  })

  it('leaves the earlier ones whole, and nothing of its own, where it breaks off', async () => {
    const path = await trained('e', [30])
    const before = (await readdir(path)).sort()
    const content = smallContent(20)
    const broken = {
      ...content,
      get state(): never {
        throw new Error('broken off')
      },
    }
    await expect(writeCheckpoint(path, broken, true)).rejects.toThrow('broken off')
    const unwritable = { ...content, config: { self: 1n } }
    await expect(writeCheckpoint(path, unwritable, true)).rejects.toThrow()
    expect((await readdir(path)).sort()).toEqual(before)
    expect((await findCheckpoint(path, true)).checkpoint.iteration).toBe(10)
  })

  it('says of other paths what they are', async () => {
    await mkdir(folder.file('empty'))
    await expect(findCheckpoint(folder.file('empty'))).rejects.toThrow('holds no whole checkpoint')
    await writeFile(folder.file('other.json'), '{}')
    await expect(findCheckpoint(folder.file('other.json'))).rejects.toMatchObject({ code: 'format-unknown' })
    await expect(findCheckpoint(folder.file('gone'))).rejects.toMatchObject({ code: 'file-not-found' })
  })
})
