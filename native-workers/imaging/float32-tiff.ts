/** Field types of TIFF 6.0. */
const shortType = 3
const longType = 4

/** One entry of the image file directory: tag, type, count and value or offset. */
type Entry = readonly [tag: number, type: number, count: number, value: number]

/**
 * Encodes float32 values, row-major and top row first, as an uncompressed little-endian TIFF of one strip (TIFF 6.0,
 * SampleFormat 3). Values are kept bit by bit.
 */
export function encodeFloat32Tiff(width: number, height: number, pixels: Float32Array): Uint8Array {
  const headerBytes = 8
  const pixelBytes = width * height * 4
  const entries: readonly Entry[] = [
    [256, longType, 1, width],
    [257, longType, 1, height],
    [258, shortType, 1, 32],
    [259, shortType, 1, 1],
    [262, shortType, 1, 1],
    [273, longType, 1, headerBytes],
    [277, shortType, 1, 1],
    [278, longType, 1, height],
    [279, longType, 1, pixelBytes],
    [339, shortType, 1, 3],
  ]
  const directoryOffset = headerBytes + pixelBytes
  const bytes = new Uint8Array(directoryOffset + 2 + 12 * entries.length + 4)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, 0x4949, true)
  view.setUint16(2, 42, true)
  view.setUint32(4, directoryOffset, true)
  for (let index = 0; index < width * height; index++) {
    view.setFloat32(headerBytes + 4 * index, pixels[index], true)
  }
  view.setUint16(directoryOffset, entries.length, true)
  for (const [index, [tag, type, count, value]] of entries.entries()) {
    const offset = directoryOffset + 2 + 12 * index
    view.setUint16(offset, tag, true)
    view.setUint16(offset + 2, type, true)
    view.setUint32(offset + 4, count, true)
    if (type === shortType) view.setUint16(offset + 8, value, true)
    else view.setUint32(offset + 8, value, true)
  }
  return bytes
}
