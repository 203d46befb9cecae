import { version } from '../../contract/version.js'
import { derivedUid } from './derived-uid.js'
import { type DicomFile, metaEncoding } from './dicom-file.js'
import { encodeElement, encodeUint32, type NewElement } from './encode-element.js'
import { spliceElements } from './splice.js'

/** Names this program as the writer of a file. */
const implementation: readonly NewElement[] = [
  { tag: 'x00020012', vr: 'UI', value: derivedUid('isocenter') },
  { tag: 'x00020013', vr: 'SH', value: `ISOCENTER_${version}`.slice(0, 16) },
]

/** Group 0002 of a copy with another SOPInstanceUID; the transfer syntax stays (DICOM PS3.10 7.1). */
export function renewedMeta(
  file: DicomFile,
  sopInstanceUid: string,
  removed: readonly string[] = [],
): Buffer {
  const wanted = [{ tag: 'x00020003', vr: 'UI', value: sopInstanceUid }, ...implementation]
  const present = new Set(file.meta.map(({ tag }) => tag))
  const edited = spliceElements(
    file.bytes,
    file.meta,
    metaEncoding,
    ({ tag }) => {
      if (removed.includes(tag)) return 'remove'
      const element = wanted.find((candidate) => candidate.tag === tag)
      return element === undefined ? 'keep' : encodeElement(element, metaEncoding)
    },
    wanted.filter(({ tag }) => !present.has(tag)),
  )
  return present.has('x00020000')
    ? edited
    : Buffer.concat([encodeUint32('x00020000', edited.length, metaEncoding), edited])
}
