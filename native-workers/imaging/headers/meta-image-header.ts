import { dirname, resolve } from 'node:path'
import { undecodableError } from '../input-file.js'
import { type DeclaredPayload } from './declared-payload.js'
import { headBytes } from './head-bytes.js'

const bytesOfType: Readonly<Record<string, number>> = {
  MET_CHAR: 1,
  MET_UCHAR: 1,
  MET_SHORT: 2,
  MET_USHORT: 2,
  MET_INT: 4,
  MET_UINT: 4,
  MET_LONG: 4,
  MET_ULONG: 4,
  MET_LONG_LONG: 8,
  MET_ULONG_LONG: 8,
  MET_FLOAT: 4,
  MET_DOUBLE: 8,
}

/**
 * Reads the fields of a MetaImage header (.mha, .mhd) that say where the voxels are and how many. The field
 * `ElementDataFile` ends the header. Errors: `file-unreadable`.
 */
export async function readMetaImageHeader(path: string): Promise<DeclaredPayload> {
  const text = (await headBytes(path, 64 * 1024, false)).toString('latin1')
  const end = /^ElementDataFile\s*=\s*(.*?)[ \t]*\r?(\n|$)/im.exec(text)
  if (end === null) throw undecodableError(path, 'MetaImage')
  const header = text.slice(0, end.index + end[0].length)
  const field = (name: string) => new RegExp(`^${name}\\s*=\\s*(.*?)\\s*$`, 'im').exec(header)?.[1]
  const sizes = field('DimSize')?.split(/\s+/).map(Number)
  const bytesPerValue = bytesOfType[field('ElementType') ?? '']
  if (sizes === undefined || bytesPerValue === undefined || sizes.some((size) => !(size >= 1))) {
    throw undecodableError(path, 'MetaImage')
  }
  const dataFile = end[1] ?? ''
  const isLocal = dataFile.toUpperCase() === 'LOCAL'
  const isList = /^LIST/i.test(dataFile) || /%\d*d/.test(dataFile)
  const isCompressed = /^true$/i.test(field('CompressedData') ?? '')
  const compressedBytes = Number(field('CompressedDataSize') ?? Number.NaN)
  const values = sizes.reduce(
    (product, size) => product * size,
    Number(field('ElementNumberOfChannels') ?? 1),
  )
  const headerSize = Number(field('HeaderSize') ?? 0)
  return {
    sizes,
    bytesPerValue,
    path: isLocal || isList ? path : resolve(dirname(path), dataFile),
    offsetBytes: isLocal ? header.length : Math.max(0, headerSize),
    payloadBytes: isCompressed ? compressedBytes : values * bytesPerValue,
    encoding:
      isList || headerSize < 0 || (isCompressed && !Number.isFinite(compressedBytes)) ? 'opaque' : 'raw',
    hasSpacing: field('ElementSpacing') !== undefined || field('ElementSize') !== undefined,
    hasOrientation: ['TransformMatrix', 'Rotation', 'Orientation'].some((name) => field(name) !== undefined),
  }
}
