import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { gzipFile } from './gzip-file.js'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gzip '))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function packed(bytes: Buffer): Promise<Buffer> {
  const [source, target] = [join(folder, 'raw'), join(folder, 'packed.gz')]
  await writeFile(source, bytes)
  await gzipFile(source, target)
  return readFile(target)
}

const mixed = (length: number) => Buffer.from(Array.from({ length }, (_, index) => (index * index) % 251))

describe('gzipFile', () => {
  it.each([0, 1, 2 ** 20, 2 ** 20 + 1, 5 * 2 ** 20 - 7])(
    'gives %i bytes back as they were',
    async (length) => {
      const bytes = mixed(length)
      const member = await packed(bytes)
      // gunzip checks the trailer's checksum and length, and would go on to a second member.
      expect(gunzipSync(member).equals(bytes)).toBe(true)
      expect(member.readUInt32LE(member.length - 4)).toBe(length)
    },
  )

  it('gives equal files for equal inputs, and makes what repeats small', async () => {
    const bytes = Buffer.alloc(3 * 2 ** 20, 7)
    const first = await packed(bytes)
    await rm(join(folder, 'packed.gz'))
    expect((await packed(bytes)).equals(first)).toBe(true)
    expect(first.length).toBeLessThan(bytes.length / 100)
  })

  it('replaces no file', async () => {
    await packed(mixed(10))
    await expect(packed(mixed(10))).rejects.toMatchObject({ code: 'EEXIST' })
  })
})
