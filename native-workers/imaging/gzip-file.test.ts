import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeGzipFile } from './gzip-file.js'
import { temporaryFolder } from './testing/temporary-folder.js'

const folder = temporaryFolder({ beforeAll, afterAll })

async function packed(name: string, parts: readonly Uint8Array[]): Promise<Buffer> {
  await writeGzipFile(folder.file(name), parts)
  return readFile(folder.file(name))
}

const mixed = (length: number) => Uint8Array.from({ length }, (_, index) => (index * index) % 251)

describe('writeGzipFile', () => {
  it.each([0, 1, 2 ** 20, 2 ** 20 + 1, 5 * 2 ** 20 - 7])(
    'gives %i bytes back as they were',
    async (length) => {
      const bytes = mixed(length)
      const member = await packed(`${length}.gz`, [bytes])
      // gunzip checks the trailer's checksum and length, and would go on to a second member.
      expect(gunzipSync(member).equals(bytes)).toBe(true)
      expect(member.readUInt32LE(member.length - 4)).toBe(length)
    },
  )

  it('joins parts, gives equal files for equal inputs, and makes what repeats small', async () => {
    const repeated = new Uint8Array(3 * 2 ** 20).fill(7)
    const parts = [mixed(352), repeated, mixed(3)]
    const first = await packed('a.gz', parts)
    expect(gunzipSync(first).equals(Buffer.concat(parts))).toBe(true)
    expect((await packed('b.gz', parts)).equals(first)).toBe(true)
    expect(first.length).toBeLessThan(repeated.length / 100)
  })

  it('replaces no file', async () => {
    await packed('once.gz', [mixed(10)])
    await expect(packed('once.gz', [mixed(10)])).rejects.toMatchObject({ code: 'EEXIST' })
  })
})
