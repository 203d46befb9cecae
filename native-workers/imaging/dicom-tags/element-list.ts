import { type ShownElement } from '../../contract/operations/dicom-tags.js'
import { dictionaryEntry, isPrivate, tagText } from './dictionary.js'
import { type DicomFile, metaEncoding } from './dicom-file.js'
import { type DicomElement, type Encoding, pixelDataTag } from './element-tree.js'
import { elementNumbers, elementText } from './element-values.js'

/** Values of these representations are text. */
const textRepresentations = new Set('AE AS CS DA DS DT IS LO LT PN SH ST TM UC UI UR UT'.split(' '))
const shownBytes = 16
const longestValue = 200

/** Every element of a file, group 0002 first, those inside sequences below their sequence. */
export function elementList(file: DicomFile): ShownElement[] {
  const characterSet = file.elements.find(({ tag }) => tag === 'x00080005')
  const terms = characterSet === undefined ? undefined : elementText(file.bytes, characterSet)
  const lister = (encoding: Encoding) => (element: DicomElement) =>
    listed(file.bytes, element, 0, encoding, terms)
  return [...file.meta.flatMap(lister(metaEncoding)), ...file.elements.flatMap(lister(file.encoding))]
}

function listed(
  bytes: Buffer,
  element: DicomElement,
  level: number,
  encoding: Encoding,
  characterSet: string | undefined,
): ShownElement[] {
  const { tag, items, itemEncoding } = element
  const entry = dictionaryEntry(tag)
  const vr = representation(element, entry?.vr)
  const shown = {
    level,
    tag: tagText(tag),
    vr,
    keyword: entry?.keyword ?? '',
    value: items === null ? shownValue(bytes, element, vr, encoding, characterSet) : countOf(items.length),
    bytes: element.dataEnd - element.dataOffset,
  }
  const inside = (items ?? []).flatMap(({ elements }, index) => [
    { level: level + 1, tag: '', vr: '', keyword: `item ${index + 1}`, value: '', bytes: 0 },
    ...elements.flatMap((child) => listed(bytes, child, level + 2, itemEncoding, characterSet)),
  ])
  return [shown, ...inside]
}

/** What the file states; in implicit encoding, or where it states "unknown", what the dictionary says. */
function representation({ vr, items }: DicomElement, known: string | undefined): string {
  if (vr !== undefined && vr !== 'UN') return vr
  return known ?? (items === null ? (vr ?? '') : 'SQ')
}

const countOf = (items: number): string => `${items} ${items === 1 ? 'item' : 'items'}`

function shownValue(
  bytes: Buffer,
  element: DicomElement,
  vr: string,
  encoding: Encoding,
  characterSet: string | undefined,
): string {
  const { tag, dataOffset, dataEnd, hasUndefinedLength } = element
  if (tag === pixelDataTag) {
    return `${dataEnd - dataOffset} bytes${hasUndefinedLength ? ', compressed' : ''}`
  }
  if (textRepresentations.has(vr)) {
    const text = elementText(bytes, element, characterSet).replace(/[\r\n]+/g, ' / ')
    return text.length > longestValue ? `${text.slice(0, longestValue)}...` : text
  }
  const numbers = elementNumbers(bytes, element, vr, encoding)
  if (numbers.length > 0) {
    const few = numbers.slice(0, shownBytes).map((value) => String(value))
    return few.join('\\') + (numbers.length > few.length ? `\\... (${numbers.length} values)` : '')
  }
  return hex(bytes, element, isPrivate(tag))
}

/** The first bytes in hexadecimal; of private values that are plain text also the text. */
function hex(bytes: Buffer, { dataOffset, dataEnd }: DicomElement, mayBeText: boolean): string {
  const value = bytes.subarray(dataOffset, dataEnd)
  if (value.length === 0) return ''
  const digits = value
    .subarray(0, shownBytes)
    .toString('hex')
    .replace(/..(?!$)/g, '$& ')
  const rest = value.length > shownBytes ? ` ... (${value.length} bytes)` : ''
  const text = value.toString('latin1').replace(/[\0 ]+$/, '')
  const isText = mayBeText && text.length > 1 && text.length <= 64 && /^[\x20-\x7e]+$/.test(text)
  return `${digits}${rest}${isText ? ` "${text}"` : ''}`
}
