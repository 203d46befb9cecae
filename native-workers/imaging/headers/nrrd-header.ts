import { dirname, resolve } from 'node:path'
import { undecodableError } from '../input-file.js'
import { type DeclaredPayload } from './declared-payload.js'
import { headBytes } from './head-bytes.js'

const bytesOfType: Readonly<Record<string, number>> = {
  int8: 1,
  uint8: 1,
  'signed char': 1,
  'unsigned char': 1,
  uchar: 1,
  int16: 2,
  short: 2,
  uint16: 2,
  ushort: 2,
  'unsigned short': 2,
  int32: 4,
  int: 4,
  uint32: 4,
  uint: 4,
  'unsigned int': 4,
  float: 4,
  int64: 8,
  'long long': 8,
  longlong: 8,
  uint64: 8,
  'unsigned long long': 8,
  ulonglong: 8,
  double: 8,
}

/** Longest text header that is looked at; the format sets no limit. */
const headerLimitBytes = 256 * 1024

/**
 * Reads the fields of a NRRD header that say where the voxels are and how many (teem.sourceforge.net/nrrd/format.html).
 * Errors: `file-unreadable`.
 */
export async function readNrrdHeader(path: string): Promise<DeclaredPayload> {
  const text = (await headBytes(path, headerLimitBytes, false)).toString('latin1')
  const end = /\r?\n\r?\n/.exec(text)
  const header = text.slice(0, end?.index ?? text.length)
  const field = (name: string) => new RegExp(`^${name}\\s*:=?\\s*(.*?)\\s*$`, 'im').exec(header)?.[1]
  const bytesPerValue = bytesOfType[(field('type') ?? '').toLowerCase()]
  const sizes = field('sizes')?.split(/\s+/).map(Number)
  if (sizes === undefined || bytesPerValue === undefined || sizes.some((size) => !(size >= 1))) {
    throw undecodableError(path, 'NRRD')
  }
  const dataFile = field('data ?file')
  const isList = dataFile !== undefined && (/^LIST/i.test(dataFile) || /%\d*d/.test(dataFile))
  const encoding = (field('encoding') ?? 'raw').toLowerCase()
  const hasSkip = /^(line|byte) ?skip\s*:\s*[^0\s]/im.test(header)
  const directions = field('space directions')
  return {
    sizes,
    bytesPerValue,
    path: dataFile === undefined || isList ? path : resolve(dirname(path), dataFile),
    offsetBytes: dataFile === undefined && end !== null ? end.index + end[0].length : 0,
    payloadBytes: sizes.reduce((product, size) => product * size, bytesPerValue),
    encoding:
      isList || hasSkip
        ? 'opaque'
        : encoding === 'raw'
          ? 'raw'
          : ['gzip', 'gz'].includes(encoding)
            ? 'gzip-payload'
            : 'opaque',
    hasSpacing: directions !== undefined || /\d/.test(field('spacings') ?? ''),
    hasOrientation: directions !== undefined && field('space') !== undefined,
  }
}
