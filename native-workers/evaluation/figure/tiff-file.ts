import { deflateSync } from 'node:zlib'

/** Field types of TIFF 6.0. */
const [shortType, longType, rationalType] = [3, 4, 5]
const inchUnit = 2
/** Adobe Deflate, which every current reader has (TIFF Technical Note "Adobe Photoshop", 2002). */
const deflateCompression = 8
const horizontalPredictor = 2

type Entry = readonly [tag: number, type: number, count: number, value: number]

export interface TiffPicture {
  readonly width: number
  readonly height: number
  /** Row-major, top row first; opaque, so that alpha is left out of the file. */
  readonly rgba: ArrayLike<number>
  readonly dotsPerInch: number
}

/**
 * An 8-bit RGB picture as little-endian TIFF 6.0 of one strip, losslessly compressed, with its resolution in pixels per
 * inch.
 */
export function tiffBytes({ width, height, rgba, dotsPerInch }: TiffPicture): Uint8Array {
  const strip = deflateSync(differences(width, height, rgba))
  const headerBytes = 8
  const bitsOffset = headerBytes + strip.length + (strip.length % 2)
  const resolutionOffset = bitsOffset + 6
  const directoryOffset = resolutionOffset + 8
  const entries: readonly Entry[] = [
    [256, longType, 1, width],
    [257, longType, 1, height],
    [258, shortType, 3, bitsOffset],
    [259, shortType, 1, deflateCompression],
    [262, shortType, 1, 2],
    [273, longType, 1, headerBytes],
    [277, shortType, 1, 3],
    [278, longType, 1, height],
    [279, longType, 1, strip.length],
    [282, rationalType, 1, resolutionOffset],
    [283, rationalType, 1, resolutionOffset],
    [284, shortType, 1, 1],
    [296, shortType, 1, inchUnit],
    [317, shortType, 1, horizontalPredictor],
  ]
  const bytes = new Uint8Array(directoryOffset + 2 + 12 * entries.length + 4)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, 0x4949, true)
  view.setUint16(2, 42, true)
  view.setUint32(4, directoryOffset, true)
  bytes.set(strip, headerBytes)
  for (let channel = 0; channel < 3; channel++) view.setUint16(bitsOffset + 2 * channel, 8, true)
  view.setUint32(resolutionOffset, dotsPerInch, true)
  view.setUint32(resolutionOffset + 4, 1, true)
  view.setUint16(directoryOffset, entries.length, true)
  for (const [index, [tag, type, count, value]] of entries.entries()) {
    const offset = directoryOffset + 2 + 12 * index
    view.setUint16(offset, tag, true)
    view.setUint16(offset + 2, type, true)
    view.setUint32(offset + 4, count, true)
    if (type === shortType && count === 1) view.setUint16(offset + 8, value, true)
    else view.setUint32(offset + 8, value, true)
  }
  return bytes
}

/** Each sample less the one to its left, row by row: smooth pictures then deflate well. */
function differences(width: number, height: number, rgba: ArrayLike<number>): Uint8Array {
  const rows = new Uint8Array(3 * width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = 4 * (y * width + x)
      const to = 3 * (y * width + x)
      for (let channel = 0; channel < 3; channel++) {
        rows[to + channel] = rgba[from + channel] - (x === 0 ? 0 : rgba[from - 4 + channel])
      }
    }
  }
  return rows
}
