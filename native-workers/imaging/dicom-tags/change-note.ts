import { version } from '../../contract/version.js'
import { type NewElement } from './encode-element.js'

/** ST holds at most 1024 characters. */
const longestDescription = 1024

/** Purposes of contributing equipment (DICOM PS3.16 CID 7005). */
const purposes = {
  modifying: { value: '109103', meaning: 'Modifying Equipment' },
  deidentifying: { value: '109104', meaning: 'De-identifying Equipment' },
} as const

export const contributingEquipmentTag = 'x0018a001'
export const sourceImageTag = 'x00082112'

/** An item of ContributingEquipmentSequence: what this program has done to the file (DICOM PS3.3 C.12.1.1.5). */
export function equipmentItem(purpose: keyof typeof purposes, description: string): readonly NewElement[] {
  const { value, meaning } = purposes[purpose]
  const code = [
    { tag: 'x00080100', vr: 'SH', value },
    { tag: 'x00080102', vr: 'SH', value: 'DCM' },
    { tag: 'x00080104', vr: 'LO', value: meaning },
  ]
  return [
    { tag: 'x00080070', vr: 'LO', value: 'Isocenter' },
    { tag: 'x00081090', vr: 'LO', value: 'Isocenter' },
    { tag: 'x00181020', vr: 'LO', value: version },
    { tag: 'x0018a003', vr: 'ST', value: description.slice(0, longestDescription) },
    { tag: 'x0040a170', vr: 'SQ', value: [code] },
  ]
}

/** An item of SourceImageSequence: the object that the file was made from. */
export function sourceImageItem(sopClassUid: string, sopInstanceUid: string): readonly NewElement[] {
  return [
    { tag: 'x00081150', vr: 'UI', value: sopClassUid },
    { tag: 'x00081155', vr: 'UI', value: sopInstanceUid },
  ]
}
