import { mkdtemp, mkdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fingerprint } from './fingerprint.mjs'

describe('fingerprint', () => {
  let root: string

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'isocenter-fingerprint-'))
    await mkdir(join(root, 'room/inner'), { recursive: true })
    await writeFile(join(root, 'room/inner/a.ts'), 'export const a = 1\n')
  })
  afterEach(() => rm(root, { recursive: true, force: true }))

  it('does not depend on times of change', async () => {
    const before = await fingerprint(['room'], root)
    await utimes(join(root, 'room/inner/a.ts'), 1, 1)
    expect(await fingerprint(['room'], root)).toBe(before)
  })

  it('changes with a content, a name and a new file', async () => {
    const seen = new Set([await fingerprint(['room'], root)])
    await writeFile(join(root, 'room/inner/a.ts'), 'export const a = 2\n')
    seen.add(await fingerprint(['room'], root))
    await writeFile(join(root, 'room/b.ts'), '')
    seen.add(await fingerprint(['room'], root))
    await rm(join(root, 'room/b.ts'))
    await writeFile(join(root, 'room/c.ts'), '')
    seen.add(await fingerprint(['room'], root))
    expect(seen.size).toBe(4)
  })

  it('leaves unit tests out and takes absent sources as absent', async () => {
    const before = await fingerprint(['room'], root)
    await writeFile(join(root, 'room/inner/a.test.ts'), 'anything')
    expect(await fingerprint(['room', 'not-there'], root)).toBe(before)
  })
})
