import {
  hasLongLength,
  type Encoding,
  itemEndTag,
  itemTag,
  sequenceEndTag,
  undefinedLength,
} from './element-tree.js'

/** A data element to write: text in ASCII, or items of elements. */
export interface NewElement {
  readonly tag: string
  readonly vr: string
  readonly value: string | readonly (readonly NewElement[])[]
}

const concat = (parts: readonly Uint8Array[]): Buffer => Buffer.concat(parts)

function uint(value: number, bytes: 2 | 4, { isLittleEndian }: Encoding): Buffer {
  const buffer = Buffer.alloc(bytes)
  if (isLittleEndian) buffer.writeUIntLE(value, 0, bytes)
  else buffer.writeUIntBE(value, 0, bytes)
  return buffer
}

function tagBytes(tag: string, encoding: Encoding): Buffer {
  const part = (from: number) => uint(Number.parseInt(tag.slice(from, from + 4), 16), 2, encoding)
  return concat([part(1), part(5)])
}

/** Tag, representation and length (DICOM PS3.5 7.1.2, 7.1.3). */
export function elementHead(tag: string, vr: string | undefined, length: number, encoding: Encoding): Buffer {
  if (!encoding.isExplicit || vr === undefined) {
    return concat([tagBytes(tag, encoding), uint(length, 4, encoding)])
  }
  const name = Buffer.from(vr, 'latin1')
  return hasLongLength(vr)
    ? concat([tagBytes(tag, encoding), name, Buffer.alloc(2), uint(length, 4, encoding)])
    : concat([tagBytes(tag, encoding), name, uint(length, 2, encoding)])
}

/** Text padded to an even length: UIDs by a zero byte, others by a blank (DICOM PS3.5 6.2). */
function textBytes(vr: string, text: string): Buffer {
  const bytes = Buffer.from(text, 'latin1')
  if (bytes.length % 2 === 0) return bytes
  return concat([bytes, Buffer.from(vr === 'UI' ? '\0' : ' ', 'latin1')])
}

/** An item of already encoded elements. */
export function itemBytes(content: Uint8Array, encoding: Encoding, hasUndefinedLength = false): Buffer {
  const length = hasUndefinedLength ? undefinedLength : content.length
  const head = concat([tagBytes(itemTag, encoding), uint(length, 4, encoding)])
  return concat([head, content, ...(hasUndefinedLength ? [delimiter(itemEndTag, encoding)] : [])])
}

/** A sequence of already encoded items. */
export function sequenceBytes(
  tag: string,
  vr: string | undefined,
  items: readonly Uint8Array[],
  encoding: Encoding,
  hasUndefinedLength = false,
): Buffer {
  const content = concat(items)
  const head = elementHead(tag, vr, hasUndefinedLength ? undefinedLength : content.length, encoding)
  return concat([head, content, ...(hasUndefinedLength ? [delimiter(sequenceEndTag, encoding)] : [])])
}

function delimiter(tag: string, encoding: Encoding): Buffer {
  return concat([tagBytes(tag, encoding), uint(0, 4, encoding)])
}

/** One element with its value. Values must be ASCII: every character set of DICOM holds it. */
export function encodeElement({ tag, vr, value }: NewElement, encoding: Encoding): Buffer {
  if (typeof value === 'string') {
    const bytes = textBytes(vr, value)
    return concat([elementHead(tag, vr, bytes.length, encoding), bytes])
  }
  const items = value.map((elements) => itemBytes(encodeElements(elements, encoding), encoding))
  return sequenceBytes(tag, vr, items, encoding)
}

/** Elements in the order given, which must be ascending. */
export function encodeElements(elements: readonly NewElement[], encoding: Encoding): Buffer {
  return concat(elements.map((element) => encodeElement(element, encoding)))
}

/** An unsigned 32-bit value, e.g. of a group length. */
export function encodeUint32(tag: string, value: number, encoding: Encoding): Buffer {
  return concat([elementHead(tag, 'UL', 4, encoding), uint(value, 4, encoding)])
}
