import { open } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import { UserError } from '../../contract/errors.js'
import { readBytes, statInput, truncatedError } from '../input-file.js'

/** Where a volume file's voxels lie and what its header says and leaves unsaid. */
export interface DeclaredPayload {
  readonly path: string
  /** Along all axes, as the header lists them. */
  readonly sizes: readonly number[]
  readonly bytesPerValue: number
  /** First byte of the voxels; for a file that is gzipped as a whole, in the unpacked stream. */
  readonly offsetBytes: number
  /** Bytes of the voxels in the file, for `gzip-payload` and `gzip-file` once unpacked. */
  readonly payloadBytes: number
  /** `gzip-file`: all of it is packed; `gzip-payload`: from `offsetBytes` on; `opaque`: not checkable from outside. */
  readonly encoding: 'raw' | 'gzip-file' | 'gzip-payload' | 'opaque'
  readonly hasSpacing: boolean
  readonly hasOrientation: boolean
}

/** Unpacks a gzip stream from `start` and counts its bytes, keeping none. Null when the stream breaks off. */
async function gunzippedBytes(path: string, start: number): Promise<number | null> {
  const file = await open(path, 'r')
  const stream = file.createReadStream({ start })
  const gunzip = createGunzip()
  stream.on('error', (error) => gunzip.destroy(error))
  let bytes = 0
  try {
    for await (const chunk of stream.pipe(gunzip)) bytes += (chunk as Buffer).length
    return bytes
  } catch {
    return null
  } finally {
    stream.destroy()
  }
}

/**
 * Refuses a file that ends before its header says; decoders fill the missing voxels with nothing said. Errors:
 * `file-truncated`.
 */
export async function checkPayloadComplete(payload: DeclaredPayload): Promise<void> {
  const { path, offsetBytes, payloadBytes, encoding } = payload
  if (encoding === 'opaque') return
  const fileBytes = (await statInput(path)).size
  if (encoding === 'raw') {
    if (fileBytes < offsetBytes + payloadBytes)
      throw truncatedError(path, offsetBytes + payloadBytes, fileBytes)
    return
  }
  const start = encoding === 'gzip-payload' ? offsetBytes : 0
  const expectedBytes = encoding === 'gzip-payload' ? payloadBytes : offsetBytes + payloadBytes
  // A gzip member ends with its unpacked length modulo 2^32: right at once for all complete single-member files.
  const trailer = await readBytes(path, Math.max(start, fileBytes - 4), 4)
  if (trailer.length === 4 && trailer.readUInt32LE(0) === expectedBytes % 2 ** 32) return
  const unpackedBytes = await gunzippedBytes(path, start)
  if (unpackedBytes === null) {
    throw new UserError(
      'file-truncated',
      `"${path}" is incomplete or damaged: its compressed data break off.`,
      'Copy or export the file again.',
    )
  }
  if (unpackedBytes < expectedBytes) throw truncatedError(path, expectedBytes, unpackedBytes)
}
