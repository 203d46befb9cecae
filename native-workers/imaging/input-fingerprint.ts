import { createHash } from 'node:crypto'
import { join, resolve } from 'node:path'
import { listFolder } from './file-format.js'
import { statInput } from './input-file.js'

/**
 * A short hexadecimal name of a file's or folder's present state: path, sizes and times of change. It changes when the
 * content is written anew; the content itself is not read. Errors: `file-not-found`, `file-unreadable`.
 */
export async function inputFingerprint(path: string): Promise<string> {
  const hash = createHash('sha256')
  const add = async (file: string) => {
    const { size, mtimeMs } = await statInput(file)
    hash.update(`${file}\0${size}\0${mtimeMs}\0`)
  }
  const absolutePath = resolve(path)
  await add(absolutePath)
  if ((await statInput(absolutePath)).isDirectory()) {
    for (const name of await listFolder(absolutePath)) await add(join(absolutePath, name))
  }
  return hash.digest('hex').slice(0, 32)
}
