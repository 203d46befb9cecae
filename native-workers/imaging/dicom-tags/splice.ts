import { type DicomElement, type DicomItem, type Encoding } from './element-tree.js'
import {
  elementHead,
  encodeElement,
  encodeUint32,
  itemBytes,
  type NewElement,
  sequenceBytes,
} from './encode-element.js'

/**
 * What becomes of one element: its bytes stay, it goes, other bytes take its place, or its items are looked through
 * with the same question.
 */
export type ElementEdit = 'keep' | 'remove' | 'descend' | Buffer

export type EditElement = (element: DicomElement, encoding: Encoding) => ElementEdit

interface Piece {
  readonly tag: string
  readonly bytes: Buffer
  /** Its bytes are not those of the file. */
  readonly isNew: boolean
}

/**
 * The bytes of a data set after an edit: what is kept is copied byte for byte, in its order; `additions` are inserted
 * before the first element with a greater tag. Stated lengths of sequences and groups follow their content.
 */
export function spliceElements(
  bytes: Buffer,
  elements: readonly DicomElement[],
  encoding: Encoding,
  edit: EditElement,
  additions: readonly NewElement[] = [],
): Buffer {
  return Buffer.concat(editedPieces(bytes, elements, encoding, edit, additions).map((piece) => piece.bytes))
}

function editedPieces(
  bytes: Buffer,
  elements: readonly DicomElement[],
  encoding: Encoding,
  edit: EditElement,
  additions: readonly NewElement[],
): Piece[] {
  const changedGroups = new Set(additions.map(({ tag }) => group(tag)))
  const pieces: Piece[] = []
  for (const element of elements) {
    const piece = editedPiece(bytes, element, encoding, edit)
    if (piece?.isNew !== false) changedGroups.add(group(element.tag))
    if (piece !== undefined) pieces.push(piece)
  }
  for (const addition of additions) {
    const after = pieces.findIndex(({ tag }) => tag > addition.tag)
    const piece = { tag: addition.tag, bytes: encodeElement(addition, encoding), isNew: true }
    pieces.splice(after === -1 ? pieces.length : after, 0, piece)
  }
  return pieces.map((piece) => {
    const isStale = piece.tag.endsWith('0000') && changedGroups.has(group(piece.tag))
    return isStale ? groupLength(piece.tag, pieces, encoding) : piece
  })
}

const group = (tag: string): string => tag.slice(0, 5)

function groupLength(tag: string, pieces: readonly Piece[], encoding: Encoding): Piece {
  const length = pieces
    .filter((piece) => piece.tag !== tag && group(piece.tag) === group(tag))
    .reduce((sum, piece) => sum + piece.bytes.length, 0)
  return { tag, bytes: encodeUint32(tag, length, encoding), isNew: true }
}

function editedPiece(
  bytes: Buffer,
  element: DicomElement,
  encoding: Encoding,
  edit: EditElement,
): Piece | undefined {
  const { tag, start, end } = element
  const unchanged = { tag, bytes: bytes.subarray(start, end), isNew: false }
  const decision = edit(element, encoding)
  if (decision === 'remove') return undefined
  if (decision === 'keep') return unchanged
  if (decision !== 'descend') return { tag, bytes: decision, isNew: true }
  if (element.items === null) return unchanged
  const items = element.items.map((item) => editedItem(bytes, item, element.itemEncoding, edit))
  if (items.every(({ isNew }) => !isNew)) return unchanged
  return { tag, bytes: sequenceOf(element, items, encoding), isNew: true }
}

function editedItem(
  bytes: Buffer,
  item: DicomItem,
  encoding: Encoding,
  edit: EditElement,
): { bytes: Buffer; isNew: boolean } {
  const pieces = editedPieces(bytes, item.elements, encoding, edit, [])
  const isSame = pieces.length === item.elements.length && pieces.every(({ isNew }) => !isNew)
  if (isSame) return { bytes: bytes.subarray(item.start, item.end), isNew: false }
  const content = Buffer.concat(pieces.map((piece) => piece.bytes))
  return { bytes: itemBytes(content, encoding, item.hasUndefinedLength), isNew: true }
}

/** A sequence of an unknown representation keeps its own head, but its items are implicit. */
function sequenceOf(
  { tag, vr, hasUndefinedLength, itemEncoding }: DicomElement,
  items: readonly { readonly bytes: Buffer }[],
  encoding: Encoding,
): Buffer {
  const parts = items.map((item) => item.bytes)
  if (vr !== 'UN') return sequenceBytes(tag, vr, parts, encoding, hasUndefinedLength)
  const inside = sequenceBytes(tag, undefined, parts, itemEncoding, hasUndefinedLength).subarray(8)
  const length = hasUndefinedLength ? 0xffffffff : inside.length
  return Buffer.concat([elementHead(tag, vr, length, encoding), inside])
}

/** A sequence with one more item at its end; its other items stay byte for byte. */
export function withItem(bytes: Buffer, element: DicomElement, item: Buffer, encoding: Encoding): Buffer {
  const items = (element.items ?? []).map(({ start, end }) => ({ bytes: bytes.subarray(start, end) }))
  return sequenceOf(element, [...items, { bytes: item }], encoding)
}
