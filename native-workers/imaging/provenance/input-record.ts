import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { throwIfCancelled } from '../../contract/errors.js'
import { type InputRecord } from '../../contract/files/input-record.js'
import { statInput } from '../input-file.js'

/**
 * SHA-256 and size of an input; of a folder, over its files and those of its subfolders in the order of their paths.
 * Errors: `file-not-found`, `file-unreadable`, `cancelled`.
 */
export async function inputRecord(role: string, path: string, signal?: AbortSignal): Promise<InputRecord> {
  const hash = createHash('sha256')
  const isFolder = (await statInput(path)).isDirectory()
  const files = isFolder
    ? (await readdir(path, { recursive: true })).sort().map((name) => join(path, name))
    : [path]
  let bytes = 0
  for (const file of files) {
    if (!(await statInput(file)).isFile()) continue
    for await (const chunk of createReadStream(file)) {
      throwIfCancelled(signal)
      if (!Buffer.isBuffer(chunk)) continue
      hash.update(chunk)
      bytes += chunk.length
    }
  }
  return { role, path, sha256: hash.digest('hex'), bytes }
}
