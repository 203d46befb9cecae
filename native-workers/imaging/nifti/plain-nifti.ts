import { createReadStream } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { throwIfCancelled } from '../../contract/errors.js'
import { type NiftiHeader, type PlainType } from '../headers/nifti-header.js'
import { inputError, truncatedError, undecodableError } from '../input-file.js'
import { type DecodedImage } from '../itk/decoded-image.js'
import { readItkImage } from '../itk/image-io.js'
import { type VoxelArray } from '../volume.js'

/** Unpacked bytes at a time. */
const chunkBytes = 2 ** 20

const arrayOf: Readonly<Record<PlainType, (buffer: ArrayBuffer) => VoxelArray>> = {
  int8: (buffer) => new Int8Array(buffer),
  uint8: (buffer) => new Uint8Array(buffer),
  int16: (buffer) => new Int16Array(buffer),
  uint16: (buffer) => new Uint16Array(buffer),
  int32: (buffer) => new Int32Array(buffer),
  uint32: (buffer) => new Uint32Array(buffer),
  float32: (buffer) => new Float32Array(buffer),
  float64: (buffer) => new Float64Array(buffer),
}

/**
 * Reads a NIfTI file whose bytes are its values: the voxels straight into their array, without the decoder's copies in
 * its own memory and several times as fast; the geometry by the decoder, from a small file with the same header. Null
 * where the decoder takes the header for something else, so that it has to read the file. Values that are not finite
 * stay as they are. Errors: `file-truncated`, `file-unreadable`, `cancelled`.
 */
export async function readPlainNifti(
  header: NiftiHeader,
  signal?: AbortSignal,
): Promise<DecodedImage | null> {
  const { plainType, sizes } = header
  if (plainType === null) return null
  // The decoder's start takes about as long as the voxels do; side by side, a person waits for one of them.
  const stop = new AbortController()
  const values = payload(header, signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]))
  values.catch(() => undefined)
  const image = await decodedHeader(header).catch(() => null)
  throwIfCancelled(signal)
  if (image?.componentType !== plainType || image.components !== 1) {
    stop.abort()
    return null
  }
  return { ...image, sizes, pixels: arrayOf[plainType](await values) }
}

/** The file's header over at most two voxels along each axis, as the decoder understands it (offsets: nifti1.h). */
async function decodedHeader({ head, sizes, bytesPerValue }: NiftiHeader): Promise<DecodedImage> {
  const small = sizes.map((size) => Math.min(size, 2))
  // Four bytes say that no extension follows.
  const start = head.length + 4
  const bytes = Buffer.alloc(start + small.reduce((product, size) => product * size, bytesPerValue))
  head.copy(bytes)
  small.forEach((size, axis) => bytes.writeInt16LE(size, 42 + 2 * axis))
  bytes.writeFloatLE(start, 108)
  const folder = await mkdtemp(join(tmpdir(), 'isocenter-head-'))
  try {
    const path = join(folder, 'head.nii')
    await writeFile(path, bytes)
    return await readItkImage(path, 'nifti')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function payload(header: NiftiHeader, signal?: AbortSignal): Promise<ArrayBuffer> {
  const { path, encoding, offsetBytes, payloadBytes } = header
  const buffer = new ArrayBuffer(payloadBytes)
  const target = new Uint8Array(buffer)
  const isPacked = encoding === 'gzip-file'
  const file = createReadStream(path, { start: isPacked ? 0 : offsetBytes, highWaterMark: chunkBytes })
  const gunzip = createGunzip({ chunkSize: chunkBytes })
  file.on('error', (error) => gunzip.destroy(error))
  let toSkip = isPacked ? offsetBytes : 0
  let filled = 0
  try {
    for await (const chunk of isPacked ? file.pipe(gunzip) : file) {
      throwIfCancelled(signal)
      const bytes = chunk as Buffer
      const part = bytes.subarray(toSkip, toSkip + payloadBytes - filled)
      toSkip = Math.max(0, toSkip - bytes.length)
      target.set(part, filled)
      filled += part.length
      if (filled === payloadBytes) break
    }
  } catch (error) {
    throw isZlibError(error) ? undecodableError(path, 'NIfTI') : inputError(error, path)
  } finally {
    file.destroy()
    gunzip.destroy()
  }
  if (filled < payloadBytes) throw truncatedError(path, offsetBytes + payloadBytes, offsetBytes + filled)
  return buffer
}

/** zlib tells damaged data by codes such as Z_DATA_ERROR. */
const isZlibError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
