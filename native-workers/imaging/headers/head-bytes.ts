import { open } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import { inputError, readBytes } from '../input-file.js'

/** The first bytes of a file, unpacked when it is gzipped; fewer than `length` when it ends before. */
export async function headBytes(path: string, length: number, gzipped: boolean): Promise<Buffer> {
  if (!gzipped) return readBytes(path, 0, length)
  const file = await open(path, 'r').catch((error: unknown) => {
    throw inputError(error, path)
  })
  const stream = file.createReadStream()
  const gunzip = createGunzip()
  stream.on('error', (error) => gunzip.destroy(error))
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of stream.pipe(gunzip)) {
      chunks.push(chunk as Buffer)
      bytes += (chunk as Buffer).length
      if (bytes >= length) break
    }
  } catch {
    // A stream that breaks off gives what came before; the caller sees that it is too short.
  } finally {
    stream.destroy()
  }
  return Buffer.concat(chunks).subarray(0, length)
}
