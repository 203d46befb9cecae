import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readLogTail } from './read-log-tail.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isocenter log '))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function tailOf(content: string): Promise<readonly string[]> {
  const path = join(folder, 'isocenter.log')
  await writeFile(path, content)
  return readLogTail(path)
}

it('gives every line of a short log', async () => {
  expect(await tailOf('one\n\nthree\n')).toEqual(['one', '', 'three'])
})

it('gives the last 500 lines of a long one', async () => {
  const lines = Array.from({ length: 700 }, (_, n) => `line ${n}`)
  expect(await tailOf(`${lines.join('\n')}\n`)).toEqual(lines.slice(200))
})

it('begins with a whole line where lines are so long that fewer are read', async () => {
  const lines = Array.from({ length: 40 }, (_, n) => `${n} ${'ü'.repeat(10_000)}`)
  const tail = await tailOf(lines.join('\n'))
  expect(tail.length).toBeGreaterThan(5)
  expect(tail).toEqual(lines.slice(-tail.length))
})

it('gives nothing where there is no log', async () => {
  expect(await readLogTail(join(folder, 'absent.log'))).toEqual([])
})
