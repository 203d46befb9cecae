import { type SliceHeader } from '../dicom/slice-header.js'

const longestName = 80

/**
 * A file name for a series: number and description, without what file systems or shells stumble over; letters of all
 * scripts stay. Neither patient nor date is part of it.
 */
export function seriesName({ seriesNumber, seriesDescription, modality }: SliceHeader): string {
  const number = seriesNumber === undefined ? '' : String(seriesNumber).padStart(3, '0')
  const words = `${number} ${seriesDescription === '' ? modality : seriesDescription}`
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}.+-]+/gu, '_')
    .replace(/^[_.]+|[_.]+$/g, '')
  return words === '' ? 'series' : words.slice(0, longestName)
}

/** The names with _2, _3 ... where one comes again; capitals do not tell names apart. */
export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    let unique = name
    for (let count = 2; taken.has(unique.toLowerCase()); count++) unique = `${name}_${count}`
    taken.add(unique.toLowerCase())
    return unique
  })
}
