import { UserError } from '../../contract/errors.js'
import { type DicomFile } from './dicom-file.js'
import { encodeElements, itemBytes, type NewElement } from './encode-element.js'
import { withItem } from './splice.js'

/** A top-level sequence with one more item: the bytes that replace it, or the new element where there was none. */
export function appendItem(
  file: DicomFile,
  tag: string,
  item: readonly NewElement[],
): { readonly replacement?: Buffer; readonly addition?: NewElement } {
  const present = file.elements.find((element) => element.tag === tag)
  if (present === undefined) return { addition: { tag, vr: 'SQ', value: [item] } }
  if (present.items === null && present.dataEnd > present.dataOffset) {
    throw new UserError(
      'format-unsupported',
      `"${file.name}" holds a sequence in a form that can't be extended (${tag.slice(1)}).`,
      'Export the file again.',
    )
  }
  const encoding = present.itemEncoding
  const bytes = itemBytes(encodeElements(item, encoding), encoding)
  return { replacement: withItem(file.bytes, present, bytes, file.encoding) }
}
