import { inflateRawSync } from 'node:zlib'
import dicomParser, { type DataSet } from 'dicom-parser'
import { UserError } from '../../contract/errors.js'
import { readBytes, statInput, undecodableError } from '../input-file.js'

/** The header of one DICOM file, read up to its pixel data. Tags are written xGGGGEEEE, as dicom-parser does. */
export interface DicomDataSet {
  readonly path: string
  readonly fileBytes: number
  readonly transferSyntaxUid: string
  /** Null for objects without pictures (reports, plans). Length is undefined for encapsulated frames. */
  readonly pixelData: { readonly offsetBytes: number; readonly lengthBytes: number | undefined } | null
  /** One trimmed text value; undefined when absent or empty. */
  text(tag: string): string | undefined
  /** All values of a decimal or integer string; undefined when absent or not all finite numbers. */
  numbers(tag: string): number[] | undefined
  /** The first value of the above. */
  number(tag: string): number | undefined
  uint16(tag: string): number | undefined
  int16(tag: string): number | undefined
  has(tag: string): boolean
}

const pixelDataTag = 'x7fe00010'
const firstReadBytes = 64 * 1024
const undefinedLength = 0xffffffff
const deflatedUid = '1.2.840.10008.1.2.1.99'

function inflateBody(bytes: Uint8Array, position: number): Uint8Array {
  // dicom-parser's own inflater calls a method that Node's typed arrays lack.
  return Buffer.concat([bytes.subarray(0, position), inflateRawSync(bytes.subarray(position))])
}

function parse(bytes: Uint8Array): DataSet | null {
  try {
    return dicomParser.parseDicom(bytes, { untilTag: pixelDataTag, inflater: inflateBody })
  } catch {
    return null
  }
}

function hasPreamble(head: Uint8Array): boolean {
  return Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1', 128, 132) === 'DICM'
}

function wrap(path: string, fileBytes: number, dataSet: DataSet): DicomDataSet {
  const element = dataSet.elements[pixelDataTag]
  const text = (tag: string) => {
    const value = dataSet.string(tag)?.replace(/\0/g, '').trim()
    return value === '' ? undefined : value
  }
  const numbers = (tag: string) => {
    const values = text(tag)
      ?.split('\\')
      .map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
    return values?.every(Number.isFinite) === true ? values : undefined
  }
  return {
    path,
    fileBytes,
    transferSyntaxUid: text('x00020010') ?? '',
    pixelData:
      element === undefined
        ? null
        : {
            offsetBytes: element.dataOffset,
            lengthBytes:
              element.hadUndefinedLength === true || element.length === undefinedLength
                ? undefined
                : element.length,
          },
    text,
    numbers,
    number: (tag) => numbers(tag)?.[0],
    uint16: (tag) => dataSet.uint16(tag),
    int16: (tag) => dataSet.int16(tag),
    has: (tag) => dataSet.elements[tag] !== undefined,
  }
}

/**
 * Reads a DICOM file's header; the pixels are not loaded. Errors: `file-not-found`, `file-unreadable`,
 * `file-truncated` (it ends inside the header), `format-unsupported` (a bare data set without preamble).
 */
export async function readDicomDataSet(path: string): Promise<DicomDataSet> {
  const fileBytes = (await statInput(path)).size
  const head = await readBytes(path, 0, firstReadBytes)
  if (!hasPreamble(head)) {
    throw new UserError(
      'format-unsupported',
      `"${path}" lacks the preamble of a DICOM file ("DICM" at byte 128).`,
      'Convert it with a DICOM tool that writes standard files, or export it again.',
    )
  }
  let dataSet = parse(head)
  const isComplete =
    dataSet?.elements[pixelDataTag] !== undefined && dataSet.string('x00020010') !== deflatedUid
  if (!isComplete && fileBytes > head.length) dataSet = parse(await readBytes(path, 0, fileBytes))
  if (dataSet === null) {
    throw fileBytes < firstReadBytes
      ? new UserError(
          'file-truncated',
          `"${path}" is incomplete or damaged: it ends inside its DICOM header.`,
          'Copy or export the file again.',
        )
      : undecodableError(path, 'DICOM')
  }
  return wrap(path, fileBytes, dataSet)
}
