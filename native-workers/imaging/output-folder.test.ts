import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { assertFolderWritable, withTemporaryFolder } from './output-folder.js'

let root = ''
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'isocenter Ausgänge '))
})
afterEach(() => rm(root, { recursive: true, force: true }))

describe('assertFolderWritable', () => {
  it('accepts a folder that is there and one that is not, and leaves nothing behind', async () => {
    await assertFolderWritable(root)
    await assertFolderWritable(join(root, 'new', 'result'))
    expect(await readdir(root)).toEqual([])
  })

  it('refuses a file, and a folder below a file', async () => {
    const file = join(root, 'result')
    await writeFile(file, '')
    await expect(assertFolderWritable(file)).rejects.toMatchObject({ code: 'output-unwritable' })
    await expect(assertFolderWritable(join(file, 'deeper'))).rejects.toThrow(`"${file}" is a file`)
  })

  it.skipIf(process.platform !== 'linux')('refuses a file system that takes no folders', async () => {
    await expect(assertFolderWritable('/proc/isocenter')).rejects.toMatchObject({ code: 'output-unwritable' })
  })
})

describe('withTemporaryFolder', () => {
  it('creates the folder and removes the temporary one', async () => {
    const folder = join(root, 'a', 'b')
    await withTemporaryFolder(folder, async (temporaryFolder) => {
      expect(temporaryFolder.startsWith(folder)).toBe(true)
      await writeFile(join(temporaryFolder, 'half'), '')
      await writeFile(join(folder, 'whole'), '')
    })
    expect(await readdir(folder)).toEqual(['whole'])
  })

  it('takes away what it created when filling fails, but nothing that was there', async () => {
    await mkdir(join(root, 'there'))
    const fail = () => Promise.reject(new Error('disk on fire'))
    await expect(withTemporaryFolder(join(root, 'there', 'new', 'result'), fail)).rejects.toThrow(
      'disk on fire',
    )
    expect(await readdir(root, { recursive: true })).toEqual(['there'])
  })
})
