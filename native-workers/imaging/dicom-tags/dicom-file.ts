import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { UserError } from '../../contract/errors.js'
import { inputError } from '../input-file.js'
import { dictionaryEntry, isPrivate } from './dictionary.js'
import { type DicomElement, elementTree, type Encoding, MalformedDicomError, tagAt } from './element-tree.js'
import { elementText } from './element-values.js'

/** A whole DICOM file, its elements located; deflated data sets are held inflated. */
export interface DicomFile {
  readonly name: string
  readonly bytes: Buffer
  readonly transferSyntaxUid: string
  readonly encoding: Encoding
  readonly isDeflated: boolean
  /** Group 0002, explicit little endian. */
  readonly meta: readonly DicomElement[]
  readonly elements: readonly DicomElement[]
  /** Where the elements end; padding may follow. */
  readonly elementsEnd: number
}

export const metaEncoding: Encoding = { isExplicit: true, isLittleEndian: true }
const preambleBytes = 132
const implicitUids = ['1.2.840.10008.1.2', '1.2.840.113619.5.2']
const bigEndianUid = '1.2.840.10008.1.2.2'
const deflatedUid = '1.2.840.10008.1.2.1.99'

const isSequenceTag = (tag: string): boolean | undefined =>
  isPrivate(tag) ? undefined : dictionaryEntry(tag)?.vr === 'SQ'

function metaEnd(bytes: Buffer): number {
  let position = preambleBytes
  while (position + 8 <= bytes.length && tagAt(bytes, position, metaEncoding).startsWith('x0002')) {
    const vr = bytes.toString('latin1', position + 4, position + 6)
    const isLong = ['OB', 'UN', 'UT'].includes(vr)
    if (isLong && position + 12 > bytes.length) throw new MalformedDicomError(position, true)
    position += isLong ? 12 + bytes.readUInt32LE(position + 8) : 8 + bytes.readUInt16LE(position + 6)
  }
  if (position > bytes.length) throw new MalformedDicomError(bytes.length, true)
  return position
}

/** Zeros after the last element pad some files. */
function withoutPadding(bytes: Buffer): number {
  let end = bytes.length
  while (end > 0 && bytes[end - 1] === 0) end--
  return end
}

function locate(bytes: Buffer, start: number, encoding: Encoding): { elements: DicomElement[]; end: number } {
  const sequence = (end: number) => elementTree(bytes, start, end, encoding, isSequenceTag)
  try {
    return { elements: sequence(bytes.length), end: bytes.length }
  } catch (error) {
    // A group number of 0 belongs to messages, never to files: what starts with it here is padding.
    const isPadding = error instanceof MalformedDicomError && error.offset >= withoutPadding(bytes)
    if (!isPadding) throw error
    return { elements: sequence(error.offset), end: error.offset }
  }
}

function malformed(name: string, { offset, isTruncated }: MalformedDicomError): UserError {
  return isTruncated
    ? new UserError(
        'file-truncated',
        `"${name}" is incomplete or damaged: it breaks off inside a DICOM element (byte ${offset}).`,
        'Copy or export the file again.',
      )
    : new UserError(
        'file-unreadable',
        `"${name}" is damaged: there is no valid DICOM element at byte ${offset}.`,
        'Export the file again.',
      )
}

/** Locates the elements of a DICOM file held in memory; `name` stands in errors. Errors: as `readDicomFile`. */
export function parseDicomFile(stored: Buffer, name: string): DicomFile {
  if (stored.toString('latin1', 128, preambleBytes) !== 'DICM') {
    throw new UserError(
      'format-unsupported',
      `"${name}" lacks the preamble of a DICOM file ("DICM" at byte 128).`,
      'Convert it with a DICOM tool that writes standard files, or export it again.',
    )
  }
  try {
    const bodyStart = metaEnd(stored)
    const meta = elementTree(
      stored.subarray(0, bodyStart),
      preambleBytes,
      bodyStart,
      metaEncoding,
      () => false,
    )
    const syntax = meta.find(({ tag }) => tag === 'x00020010')
    const transferSyntaxUid = syntax === undefined ? '' : elementText(stored, syntax)
    const isDeflated = transferSyntaxUid === deflatedUid
    const bytes = isDeflated ? inflated(stored, bodyStart) : stored
    const encoding = {
      isExplicit: !implicitUids.includes(transferSyntaxUid),
      isLittleEndian: transferSyntaxUid !== bigEndianUid,
    }
    const { elements, end } = locate(bytes, bodyStart, encoding)
    return { name, bytes, transferSyntaxUid, encoding, isDeflated, meta, elements, elementsEnd: end }
  } catch (error) {
    throw error instanceof MalformedDicomError ? malformed(name, error) : error
  }
}

function inflated(stored: Buffer, bodyStart: number): Buffer {
  try {
    return Buffer.concat([stored.subarray(0, bodyStart), inflateRawSync(stored.subarray(bodyStart))])
  } catch {
    throw new MalformedDicomError(bodyStart, true)
  }
}

/** The file's bytes from its preamble, group 0002 and data set. */
export function storedBytes(file: DicomFile, meta: Buffer, dataSet: Buffer): Buffer {
  const body = file.isDeflated ? evenLength(deflateRawSync(dataSet)) : dataSet
  return Buffer.concat([file.bytes.subarray(0, preambleBytes), meta, body])
}

const evenLength = (bytes: Buffer): Buffer =>
  bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.from([0])])

/**
 * Reads a whole DICOM file (Part 10: with preamble). Errors: `file-not-found`, `file-unreadable`, `file-truncated`,
 * `format-unsupported` (no preamble).
 */
export async function readDicomFile(path: string): Promise<DicomFile> {
  try {
    return parseDicomFile(await readFile(path), basename(path))
  } catch (error) {
    throw inputError(error, path)
  }
}
