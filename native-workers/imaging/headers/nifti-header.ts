import { type Matrix4 } from '../../contract/matrix.js'
import { truncatedError, undecodableError } from '../input-file.js'
import { type DeclaredPayload } from './declared-payload.js'
import { headBytes } from './head-bytes.js'

/** What the header of a NIfTI-1 or NIfTI-2 file says (nifti.nimh.nih.gov, nifti1.h and nifti2.h). */
export interface NiftiHeader extends DeclaredPayload {
  /** RAS millimetres from voxel index; null when sform_code is 0. */
  readonly rasFromIndex: Matrix4 | null
  readonly hasQform: boolean
  readonly littleEndian: boolean
  /** Stored as float32 or float64. */
  readonly isFloat: boolean
  /** The voxels' type where their bytes are the values: NIfTI-1 in one file, little endian, no rescale. */
  readonly plainType: PlainType | null
  /** The header's own bytes. */
  readonly head: Buffer
}

/** nifti1.h, DT_*; the types that voxels are kept in. */
const plainTypes = {
  256: 'int8',
  2: 'uint8',
  4: 'int16',
  512: 'uint16',
  8: 'int32',
  768: 'uint32',
  16: 'float32',
  64: 'float64',
} as const

export type PlainType = (typeof plainTypes)[keyof typeof plainTypes]

interface Layout {
  readonly headerBytes: number
  readonly dim: number
  readonly datatype: number
  readonly bitpix: number
  readonly voxOffset: number
  readonly pixdim: number
  readonly qformCode: number
  readonly sformCode: number
  readonly srow: number
  readonly slope: number
}

const layouts = {
  1: {
    headerBytes: 348,
    dim: 40,
    datatype: 70,
    bitpix: 72,
    voxOffset: 108,
    pixdim: 76,
    qformCode: 252,
    sformCode: 254,
    srow: 280,
    slope: 112,
  },
  2: {
    headerBytes: 540,
    dim: 16,
    datatype: 12,
    bitpix: 14,
    voxOffset: 168,
    pixdim: 104,
    qformCode: 344,
    sformCode: 348,
    srow: 400,
    slope: 176,
  },
} as const satisfies Record<number, Layout>

/** Reads a NIfTI header; sizes and offsets in bytes. Errors: `file-truncated`, `file-unreadable`. */
export async function readNiftiHeader(path: string, gzipped: boolean): Promise<NiftiHeader> {
  const head = await headBytes(path, 544, gzipped)
  const header = new DataView(head.buffer, head.byteOffset, head.byteLength)
  if (header.byteLength < 348) throw truncatedError(path, 348, header.byteLength)
  const littleEndian = [348, 540].includes(header.getInt32(0, true))
  const declaredHeaderBytes = header.getInt32(0, littleEndian)
  if (declaredHeaderBytes !== 348 && declaredHeaderBytes !== 540) throw undecodableError(path, 'NIfTI')
  const version = declaredHeaderBytes === 348 ? 1 : 2
  const layout = layouts[version]
  if (header.byteLength < layout.headerBytes) {
    throw truncatedError(path, layout.headerBytes, header.byteLength)
  }
  const real = (offset: number, index = 0) =>
    version === 1
      ? header.getFloat32(offset + 4 * index, littleEndian)
      : header.getFloat64(offset + 8 * index, littleEndian)
  const dim = (index: number) =>
    version === 1
      ? header.getInt16(layout.dim + 2 * index, littleEndian)
      : Number(header.getBigInt64(layout.dim + 8 * index, littleEndian))
  const code = (offset: number) =>
    version === 1 ? header.getInt16(offset, littleEndian) : header.getInt32(offset, littleEndian)

  const sizes = [1, 2, 3, 4, 5, 6, 7].slice(0, Math.max(1, dim(0))).map((axis) => Math.max(1, dim(axis)))
  const bytesPerValue = header.getInt16(layout.bitpix, littleEndian) / 8
  const row = (r: number) =>
    [0, 1, 2, 3].map((column) => real(layout.srow, 4 * r + column)) as [number, number, number, number]
  const sform: Matrix4 | null = code(layout.sformCode) > 0 ? [row(0), row(1), row(2), [0, 0, 0, 1]] : null
  const hasQform = code(layout.qformCode) > 0
  const magic = head.toString('latin1', version === 1 ? 344 : 4, version === 1 ? 347 : 7)
  const datatype = header.getInt16(layout.datatype, littleEndian)
  const type = Object.entries(plainTypes).find(([key]) => Number(key) === datatype)?.[1] ?? null
  const offsetBytes =
    version === 1
      ? header.getFloat32(layout.voxOffset, littleEndian)
      : Number(header.getBigInt64(layout.voxOffset, littleEndian))
  // A slope of 0 means none.
  const isUnscaled = [0, 1].includes(real(layout.slope)) && real(layout.slope, 1) === 0
  const isInOneFile = magic === 'n+1' && Number.isInteger(offsetBytes) && offsetBytes >= layout.headerBytes
  return {
    path,
    sizes,
    bytesPerValue,
    littleEndian,
    isFloat: type?.startsWith('float') ?? false,
    plainType: isInOneFile && littleEndian && isUnscaled ? type : null,
    offsetBytes,
    payloadBytes: sizes.reduce((product, size) => product * size, bytesPerValue),
    encoding: magic === `ni${version}` ? 'opaque' : gzipped ? 'gzip-file' : 'raw',
    hasSpacing: [1, 2, 3].every((axis) => real(layout.pixdim, axis) !== 0),
    hasOrientation: hasQform || sform !== null,
    rasFromIndex: sform,
    hasQform,
    head: head.subarray(0, layout.headerBytes),
  }
}
