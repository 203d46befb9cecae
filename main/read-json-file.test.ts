import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readJsonFile } from './read-json-file.js'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isocenter json '))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function write(name: string, content: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

describe('readJsonFile', () => {
  it('reads a valid file', async () => {
    const points = {
      schema: 'isocenter/points@1',
      frame: 'LPS',
      points: [{ name: 'promontory', position: [1, 2, 3] }],
    }
    expect(await readJsonFile('points', await write('ok.json', JSON.stringify(points)))).toEqual(points)
  })

  it.each([
    ['truncated JSON', '{"schema":', 'format-unknown'],
    ['another kind of file', '{"schema":"isocenter/pose@1"}', 'values-invalid'],
  ])('refuses %s', async (_, content, code) => {
    await expect(readJsonFile('points', await write('bad.json', content))).rejects.toMatchObject({ code })
  })

  it('says that a file does not exist', async () => {
    await expect(readJsonFile('pose', join(folder, 'none.json'))).rejects.toThrow(
      '"none.json" does not exist.',
    )
  })
})
