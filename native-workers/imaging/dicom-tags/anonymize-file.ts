import { version } from '../../contract/version.js'
import { equipmentItem, contributingEquipmentTag } from './change-note.js'
import { confidentialityAction } from './confidentiality-profile.js'
import { isPrivate } from './dictionary.js'
import { type DicomFile, storedBytes } from './dicom-file.js'
import { type DicomElement, type Encoding } from './element-tree.js'
import { elementText } from './element-values.js'
import { encodeElement, type NewElement } from './encode-element.js'
import { renewedMeta } from './file-meta.js'
import { type ElementEdit, spliceElements } from './splice.js'

export interface Anonymization {
  /** Stands as the patient's name and identity. */
  readonly patient: string
  readonly keepDates: boolean
  /** The UID that takes the place of one of the file; the same for the same. */
  readonly renewedUid: (uid: string) => string
}

export interface AnonymizedFile {
  readonly bytes: Buffer
  readonly removedElements: number
  readonly emptiedElements: number
  readonly privateElements: number
}

/** UIDs under this root are the standard's own. */
const standardRoot = '1.2.840.10008.'
const keptMeta = new Set('x00020000 x00020001 x00020002 x00020003 x00020010 x00020012 x00020013'.split(' '))

const methodText = (keepDates: boolean): string =>
  `Isocenter ${version}: PS3.15 basic profile by rules${keepDates ? ', dates kept' : ''}`

function markings({ patient, keepDates }: Anonymization): NewElement[] {
  const method = methodText(keepDates)
  return [
    { tag: 'x00100010', vr: 'PN', value: patient },
    { tag: 'x00100020', vr: 'LO', value: patient },
    { tag: 'x00120062', vr: 'CS', value: 'YES' },
    { tag: 'x00120063', vr: 'LO', value: method },
    { tag: contributingEquipmentTag, vr: 'SQ', value: [equipmentItem('deidentifying', method)] },
    { tag: 'x00280303', vr: 'CS', value: keepDates ? 'UNMODIFIED' : 'REMOVED' },
  ]
}

/**
 * A file without what can identify a person, as bytes: texts, names, dates and private elements removed or emptied, at
 * every depth; UIDs renewed; pixels and transfer syntax unchanged. What is burned into the picture stays. See
 * `confidentialityAction` for the rules (DICOM PS3.15 Annex E).
 */
export function anonymizedFile(file: DicomFile, settings: Anonymization): AnonymizedFile {
  const counts = { removedElements: 0, emptiedElements: 0, privateElements: 0 }
  const marks = markings(settings)
  const isMarked = new Set(marks.map(({ tag }) => tag))
  const topLevel = new Set(file.elements)
  const renew = (element: DicomElement, encoding: Encoding): ElementEdit => {
    const text = elementText(file.bytes, element)
    const uids = text.split('\\').map((uid) => uid.trim())
    if (uids.every((uid) => uid === '' || uid.startsWith(standardRoot))) return 'keep'
    const value = uids
      .map((uid) => (uid === '' || uid.startsWith(standardRoot) ? uid : settings.renewedUid(uid)))
      .join('\\')
    return encodeElement({ tag: element.tag, vr: element.vr ?? 'UI', value }, encoding)
  }
  const edit = (element: DicomElement, encoding: Encoding): ElementEdit => {
    const { tag, vr, items } = element
    if (topLevel.has(element) && isMarked.has(tag)) return 'remove'
    const action = confidentialityAction(tag, vr, items !== null, settings.keepDates)
    switch (action) {
      case 'keep':
        return 'keep'
      case 'look-inside':
        return 'descend'
      case 'renew-uid':
        return renew(element, encoding)
      case 'empty':
        if (element.dataEnd > element.dataOffset) counts.emptiedElements++
        return encodeElement({ tag, vr: vr ?? 'LO', value: '' }, encoding)
      case 'remove':
        if (isPrivate(tag)) counts.privateElements++
        else if (!tag.endsWith('0000')) counts.removedElements++
        return 'remove'
    }
  }
  const dataSet = spliceElements(file.bytes, file.elements, file.encoding, edit, marks)
  const sopInstance = file.elements.find(({ tag }) => tag === 'x00080018')
  const uid = sopInstance === undefined ? '' : elementText(file.bytes, sopInstance)
  const dropped = file.meta.map(({ tag }) => tag).filter((tag) => !keptMeta.has(tag))
  const meta = renewedMeta(file, settings.renewedUid(uid), dropped)
  const bytes = storedBytes(file, meta, dataSet)
  // The preamble may hold anything, for example another program's header.
  bytes.fill(0, 0, 128)
  return { bytes, ...counts }
}
