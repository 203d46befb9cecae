import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pointsFile, truthFile, warpFile } from './case-truth.js'
import { resultCases } from './result-cases.js'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isocenter Fälle '))
  for (const name of ['b', 'a', 'empty', 'truth/a']) await mkdir(join(folder, name), { recursive: true })
  for (const path of [
    'b/result.json',
    'a/result.json',
    'other.json',
    'truth/a/pose.json',
    'truth/b.pose.json',
    'truth/b.points.json',
    'truth/a/points.json',
    'truth/a_centering.tfm',
    'truth/b.tfm',
  ]) {
    await writeFile(join(folder, path), '{}')
  }
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('resultCases', () => {
  it('takes files, folders and folders of folders, each once and called after its folder', async () => {
    const [a, b] = ['a', 'b'].map((name) => ({ name, resultPath: join(folder, name, 'result.json') }))
    expect(await resultCases([folder])).toEqual([a, b])
    expect(await resultCases([join(folder, 'b'), folder])).toEqual([b, a])
    expect(await resultCases([join(folder, 'other.json')])).toEqual([
      { name: 'other', resultPath: join(folder, 'other.json') },
    ])
  })

  it('names what is not there', async () => {
    await expect(resultCases([join(folder, 'empty')])).rejects.toMatchObject({ code: 'input-invalid' })
    await expect(resultCases([join(folder, 'nowhere')])).rejects.toMatchObject({ code: 'file-not-found' })
  })
})

describe('truthFile', () => {
  it('finds a case in a folder of poses, and takes a file for any case', async () => {
    const truth = join(folder, 'truth')
    expect(await truthFile(truth, 'a')).toBe(join(truth, 'a', 'pose.json'))
    expect(await truthFile(truth, 'b')).toBe(join(truth, 'b.pose.json'))
    expect(await truthFile(truth, 'c')).toBeUndefined()
    expect(await truthFile(join(folder, 'other.json'), 'c')).toBe(join(folder, 'other.json'))
    await expect(truthFile(join(folder, 'nowhere'), 'a')).rejects.toMatchObject({ code: 'file-not-found' })
  })
})

describe('pointsFile and warpFile', () => {
  it('belong to one case each in a folder, and to every case as a file', async () => {
    const truth = join(folder, 'truth')
    expect(await pointsFile(truth, 'b')).toBe(join(truth, 'b.points.json'))
    expect(await pointsFile(truth, 'a')).toBe(join(truth, 'a', 'points.json'))
    expect(await pointsFile(truth, 'c')).toBeUndefined()
    expect(await warpFile(truth, 'a')).toBe(join(truth, 'a_centering.tfm'))
    expect(await warpFile(truth, 'b')).toBe(join(truth, 'b.tfm'))
    expect(await warpFile(join(truth, 'b.tfm'), 'a')).toBe(join(truth, 'b.tfm'))
  })
})
