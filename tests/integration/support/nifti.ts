const headerBytes = 352

export interface NiftiImage {
  /** Two to four dimensions, the fastest first. */
  readonly size: readonly number[]
  readonly values: Float32Array
  readonly spacingMm?: number
  /** RAS mm of the first voxel. */
  readonly originMm?: readonly [number, number, number]
}

/** An uncompressed float32 NIfTI-1 file, axis-aligned. */
export function niftiBytes({ size, values, spacingMm = 2, originMm = [0, 0, 0] }: NiftiImage): Buffer {
  const bytes = Buffer.alloc(headerBytes + values.byteLength)
  bytes.writeInt32LE(348, 0)
  bytes.writeInt16LE(size.length, 40)
  for (let axis = 0; axis < 7; axis++) bytes.writeInt16LE(size[axis] ?? 1, 42 + 2 * axis)
  bytes.writeInt16LE(16, 70)
  bytes.writeInt16LE(32, 72)
  bytes.writeFloatLE(1, 76)
  for (let axis = 0; axis < 4; axis++) bytes.writeFloatLE(spacingMm, 80 + 4 * axis)
  bytes.writeFloatLE(headerBytes, 108)
  bytes.writeFloatLE(1, 112)
  // Millimetres and seconds; sform in scanner coordinates.
  bytes.writeUInt8(10, 123)
  bytes.writeInt16LE(1, 254)
  for (let row = 0; row < 3; row++) {
    bytes.writeFloatLE(spacingMm, 280 + 16 * row + 4 * row)
    bytes.writeFloatLE(originMm[row] ?? 0, 280 + 16 * row + 12)
  }
  bytes.write('n+1\0', 344, 'latin1')
  Buffer.from(values.buffer, values.byteOffset, values.byteLength).copy(bytes, headerBytes)
  return bytes
}
