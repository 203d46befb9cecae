/** One data element of a DICOM file and where its bytes lie. Tags are written xGGGGEEEE. */
export interface DicomElement {
  readonly tag: string
  /** Undefined in implicit encoding, where the file does not state it. */
  readonly vr: string | undefined
  /** First byte of the tag. */
  readonly start: number
  readonly dataOffset: number
  /** One past the last byte of the value, before any delimiter. */
  readonly dataEnd: number
  /** One past the last byte, delimiter included. */
  readonly end: number
  readonly hasUndefinedLength: boolean
  /** The items of a sequence; null for every other element. */
  readonly items: readonly DicomItem[] | null
  /** How the items' own elements are encoded. */
  readonly itemEncoding: Encoding
}

export interface DicomItem {
  readonly start: number
  readonly dataOffset: number
  readonly end: number
  readonly hasUndefinedLength: boolean
  readonly elements: readonly DicomElement[]
}

/** Encoding of a data set (DICOM PS3.5 7.1). */
export interface Encoding {
  readonly isExplicit: boolean
  readonly isLittleEndian: boolean
}

/** Thrown for bytes that are no DICOM data set; `offset` is where. */
export class MalformedDicomError extends Error {
  constructor(
    readonly offset: number,
    readonly isTruncated: boolean,
  ) {
    super(`No DICOM element at byte ${offset}.`)
  }
}

export const undefinedLength = 0xffffffff
export const itemTag = 'xfffee000'
export const itemEndTag = 'xfffee00d'
export const sequenceEndTag = 'xfffee0dd'
export const pixelDataTag = 'x7fe00010'

/** Representations whose length takes four bytes after two reserved ones (DICOM PS3.5 7.1.2). */
const longRepresentations = new Set('OB OD OF OL OV OW SQ SV UC UN UR UT UV'.split(' '))
export const hasLongLength = (vr: string): boolean => longRepresentations.has(vr)

export function tagAt(bytes: Buffer, offset: number, { isLittleEndian }: Encoding): string {
  if (offset + 4 > bytes.length) throw new MalformedDicomError(offset, true)
  const read = (at: number) => (isLittleEndian ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at))
  const hex = (value: number) => value.toString(16).padStart(4, '0')
  return `x${hex(read(offset))}${hex(read(offset + 2))}`
}

/**
 * Walks the elements of a data set from `start` to `end`, with every byte accounted for, so that a file can be changed
 * by splicing. dicom-parser gives values; it hides delimiters, and takes the lengths of OV, SV and UV for 16 bits.
 * `sequenceTag` tells whether a tag is a sequence where the file does not state it (implicit encoding). Throws
 * MalformedDicomError.
 */
export function elementTree(
  bytes: Buffer,
  start: number,
  end: number,
  encoding: Encoding,
  sequenceTag: (tag: string) => boolean | undefined,
): DicomElement[] {
  return new Walker(bytes, sequenceTag).elements(start, end, encoding)
}

interface Head {
  readonly tag: string
  readonly vr: string | undefined
  readonly dataOffset: number
  readonly length: number
}

class Walker {
  constructor(
    private readonly bytes: Buffer,
    private readonly sequenceTag: (tag: string) => boolean | undefined,
  ) {}

  elements(start: number, end: number, encoding: Encoding, endsWithDelimiter = false): DicomElement[] {
    const elements: DicomElement[] = []
    let position = start
    while (position < end) {
      if (endsWithDelimiter && tagAt(this.bytes, position, encoding) === itemEndTag) return elements
      const element = this.element(position, end, encoding)
      elements.push(element)
      position = element.end
    }
    if (endsWithDelimiter) throw new MalformedDicomError(end, true)
    return elements
  }

  private head(start: number, encoding: Encoding): Head {
    const tag = tagAt(this.bytes, start, encoding)
    if (start + 8 > this.bytes.length) throw new MalformedDicomError(start, true)
    const uint32 = (at: number) => {
      if (at + 4 > this.bytes.length) throw new MalformedDicomError(at, true)
      return encoding.isLittleEndian ? this.bytes.readUInt32LE(at) : this.bytes.readUInt32BE(at)
    }
    if (!encoding.isExplicit || tag.startsWith('xfffe')) {
      return { tag, vr: undefined, dataOffset: start + 8, length: uint32(start + 4) }
    }
    const vr = this.bytes.toString('latin1', start + 4, start + 6)
    if (!/^[A-Z]{2}$/.test(vr)) throw new MalformedDicomError(start, false)
    if (hasLongLength(vr)) return { tag, vr, dataOffset: start + 12, length: uint32(start + 8) }
    const length = encoding.isLittleEndian
      ? this.bytes.readUInt16LE(start + 6)
      : this.bytes.readUInt16BE(start + 6)
    return { tag, vr, dataOffset: start + 8, length }
  }

  private element(start: number, end: number, encoding: Encoding): DicomElement {
    const { tag, vr, dataOffset, length } = this.head(start, encoding)
    if (tag.startsWith('xfffe')) throw new MalformedDicomError(start, false)
    // Items of an unknown representation are always implicit and little endian (DICOM PS3.5 6.2.2).
    const itemEncoding = vr === 'UN' ? { isExplicit: false, isLittleEndian: true } : encoding
    const common = { tag, vr, start, dataOffset, itemEncoding }
    if (length === undefinedLength) {
      if (tag === pixelDataTag) {
        const dataEnd = this.fragmentsEnd(dataOffset, end, encoding)
        return { ...common, dataEnd, end: dataEnd + 8, hasUndefinedLength: true, items: null }
      }
      const items = this.items(dataOffset, end, itemEncoding, true)
      const dataEnd = items.at(-1)?.end ?? dataOffset
      return { ...common, dataEnd, end: dataEnd + 8, hasUndefinedLength: true, items }
    }
    const dataEnd = dataOffset + length
    if (dataEnd > end) throw new MalformedDicomError(start, dataEnd > this.bytes.length)
    const items = this.isSequence(tag, vr, dataOffset, length, encoding)
      ? this.itemsOrNull(dataOffset, dataEnd, itemEncoding)
      : null
    return { ...common, dataEnd, end: dataEnd, hasUndefinedLength: false, items }
  }

  private isSequence(tag: string, vr: string | undefined, at: number, length: number, encoding: Encoding) {
    if (vr !== undefined) return vr === 'SQ'
    const known = this.sequenceTag(tag)
    return known ?? (length >= 8 && tagAt(this.bytes, at, encoding) === itemTag)
  }

  /** Bytes that only look like items stay a plain value: with a stated length nothing depends on them. */
  private itemsOrNull(start: number, end: number, encoding: Encoding): DicomItem[] | null {
    try {
      return this.items(start, end, encoding, false)
    } catch (error) {
      if (error instanceof MalformedDicomError) return null
      throw error
    }
  }

  private items(start: number, end: number, encoding: Encoding, endsWithDelimiter: boolean): DicomItem[] {
    const items: DicomItem[] = []
    let position = start
    while (position < end) {
      const { tag, dataOffset, length } = this.head(position, encoding)
      if (endsWithDelimiter && tag === sequenceEndTag) return items
      if (tag !== itemTag) throw new MalformedDicomError(position, false)
      const item = this.item(position, dataOffset, length, end, encoding)
      items.push(item)
      position = item.end
    }
    if (endsWithDelimiter) throw new MalformedDicomError(end, true)
    return items
  }

  private item(
    start: number,
    dataOffset: number,
    length: number,
    end: number,
    encoding: Encoding,
  ): DicomItem {
    if (length !== undefinedLength) {
      const itemEnd = dataOffset + length
      if (itemEnd > end) throw new MalformedDicomError(start, itemEnd > this.bytes.length)
      const elements = this.elements(dataOffset, itemEnd, encoding)
      return { start, dataOffset, end: itemEnd, hasUndefinedLength: false, elements }
    }
    const elements = this.elements(dataOffset, end, encoding, true)
    const itemEnd = (elements.at(-1)?.end ?? dataOffset) + 8
    return { start, dataOffset, end: itemEnd, hasUndefinedLength: true, elements }
  }

  private fragmentsEnd(start: number, end: number, encoding: Encoding): number {
    let position = start
    while (position < end) {
      const { tag, dataOffset, length } = this.head(position, encoding)
      if (tag === sequenceEndTag) return position
      if (tag !== itemTag) throw new MalformedDicomError(position, false)
      position = dataOffset + length
    }
    throw new MalformedDicomError(start, true)
  }
}
