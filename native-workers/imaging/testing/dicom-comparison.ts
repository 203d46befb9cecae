import dicomParser from 'dicom-parser'
import { inflateRawSync } from 'node:zlib'

/**
 * The top-level elements of a DICOM file, data set only, as tag and bytes, read by dicom-parser alone: an independent
 * view for tests. Pixel data in fragments are taken with all their items.
 */
export function elementsByTag(file: Uint8Array): ReadonlyMap<string, string> {
  const dataSet = dicomParser.parseDicom(file, {
    inflater: (bytes: Uint8Array, position: number) =>
      Buffer.concat([bytes.subarray(0, position), inflateRawSync(bytes.subarray(position))]),
  })
  const all = Object.entries(dataSet.elements)
  // Of inflated files dicom-parser also takes the preamble and group 0002 for elements.
  const metaEnd = Math.max(...all.map(([tag, { dataOffset }]) => (tag.startsWith('x0002') ? dataOffset : 0)))
  const entries = all
    .filter(([, { dataOffset }]) => dataOffset > metaEnd)
    .map(([tag, { vr, dataOffset, length }]) => {
      const value = Buffer.from(dataSet.byteArray.slice(dataOffset, dataOffset + length))
      return [tag, `${vr ?? ''}:${value.toString('base64')}`] as const
    })
  return new Map(entries)
}

/** Tags that are there in only one of two files or differ. */
export function differingTags(before: Uint8Array, after: Uint8Array): string[] {
  const [left, right] = [elementsByTag(before), elementsByTag(after)]
  const tags = new Set([...left.keys(), ...right.keys()])
  return [...tags].filter((tag) => left.get(tag) !== right.get(tag)).sort()
}

/** One value of a file, as dicom-parser reads it. */
export function textOfTag(file: Uint8Array, tag: string): string | undefined {
  return dicomParser.parseDicom(file, { untilTag: 'x7fe00010' }).string(tag)
}
