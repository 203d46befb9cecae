import dcmjs from 'dcmjs'

/** What DICOM PS3.6 says of a data element. */
export interface DictionaryEntry {
  /** Keyword, e.g. DistanceSourceToDetector. */
  readonly keyword: string
  readonly vr: string
}

/** dcmjs names alternatives in small letters. */
const representations: Readonly<Record<string, string>> = { ox: 'OW', xs: 'US', up: 'UL', lt: 'OW' }

const tagOfText = (text: string): string => `x${text.replace(/[(),]/g, '').toLowerCase()}`

let byTag: ReadonlyMap<string, DictionaryEntry> | undefined
let byKeyword: ReadonlyMap<string, string> | undefined

function load(): { byTag: ReadonlyMap<string, DictionaryEntry>; byKeyword: ReadonlyMap<string, string> } {
  if (byTag === undefined || byKeyword === undefined) {
    const entries = Object.values(dcmjs.data.DicomMetaDictionary.nameMap)
      .filter(({ tag }) => /^\([0-9A-F]{4},[0-9A-F]{4}\)$/i.test(tag))
      .map(({ tag, name, vr }) => ({ tag: tagOfText(tag), keyword: name, vr: representations[vr] ?? vr }))
    byTag = new Map(entries.map(({ tag, keyword, vr }) => [tag, { keyword, vr }]))
    byKeyword = new Map(entries.map(({ tag, keyword }) => [keyword.toLowerCase(), tag]))
  }
  return { byTag, byKeyword }
}

/** Overlays and curves repeat in the even groups 6000-601E and 5000-501E. */
const firstOfRepeatingGroup = (tag: string): string => tag.replace(/^x(50|60)[01][0-9a-f]/, 'x$100')

/** The entry of a standard tag (xGGGGEEEE); undefined for private and unknown ones. */
export function dictionaryEntry(tag: string): DictionaryEntry | undefined {
  if (isPrivate(tag)) return undefined
  if (tag.endsWith('0000')) return { keyword: 'GroupLength', vr: 'UL' }
  return load().byTag.get(firstOfRepeatingGroup(tag))
}

/** The tag of a keyword, whatever its capitals, or of "GGGG,EEEE" with or without brackets; undefined otherwise. */
export function tagOf(text: string): string | undefined {
  const number = /^\(?([0-9a-f]{4}),?\s*([0-9a-f]{4})\)?$/i.exec(text.trim())
  if (number !== null) return `x${number[1]}${number[2]}`.toLowerCase()
  return load().byKeyword.get(text.trim().toLowerCase())
}

/** Tags with an odd group number belong to manufacturers (DICOM PS3.5 7.8). */
export function isPrivate(tag: string): boolean {
  return Number.parseInt(tag.slice(1, 5), 16) % 2 === 1
}

/** "GGGG,EEEE" of a tag. */
export const tagText = (tag: string): string => `${tag.slice(1, 5)},${tag.slice(5)}`.toUpperCase()
