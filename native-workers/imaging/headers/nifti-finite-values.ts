import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { createGunzip } from 'node:zlib'
import { type Vector3 } from '../../contract/matrix.js'
import { notFiniteError } from '../voxel-values.js'
import { type NiftiHeader } from './nifti-header.js'

async function* payloadChunks({ path, offsetBytes, encoding }: NiftiHeader): AsyncGenerator<Buffer> {
  const file = createReadStream(path)
  const stream = encoding === 'gzip-file' ? file.pipe(createGunzip()) : file
  let toSkip = offsetBytes
  try {
    for await (const chunk of stream) {
      const bytes = chunk as Buffer
      if (bytes.length > toSkip) yield bytes.subarray(toSkip)
      toSkip = Math.max(0, toSkip - bytes.length)
    }
  } finally {
    file.destroy()
  }
}

/**
 * Refuses NaN and infinite values of a float NIfTI. The decoder's NIfTI library replaces them by 0 in silence, so the
 * file itself is looked at: a number is not finite when all bits of its exponent are set (IEEE 754). Errors:
 * `values-invalid`.
 */
export async function requireFiniteNifti(header: NiftiHeader): Promise<void> {
  const { bytesPerValue, littleEndian, payloadBytes, sizes, path } = header
  const highByte = littleEndian ? bytesPerValue - 1 : 0
  const nextByte = littleEndian ? bytesPerValue - 2 : 1
  const exponentBits = bytesPerValue === 4 ? 0x80 : 0xf0
  let carry: Buffer = Buffer.alloc(0)
  let index = 0
  let count = 0
  let first = -1
  for await (const chunk of payloadChunks(header)) {
    const bytes = carry.length === 0 ? chunk : Buffer.concat([carry, chunk])
    const values = Math.min(Math.floor(bytes.length / bytesPerValue), payloadBytes / bytesPerValue - index)
    for (let value = 0; value < values; value++, index++) {
      const at = value * bytesPerValue
      if ((bytes[at + highByte] & 0x7f) === 0x7f && (bytes[at + nextByte] & exponentBits) === exponentBits) {
        count++
        if (first < 0) first = index
      }
    }
    carry = bytes.subarray(values * bytesPerValue)
  }
  const size: Vector3 = [sizes[0] ?? 1, sizes[1] ?? 1, sizes[2] ?? 1]
  if (count > 0) throw notFiniteError(count, first, size, basename(path))
}
