import { type GeometryIssue } from '../../contract/operations/volume.js'
import { readBytes } from '../input-file.js'
import { type PlacedSlice } from './placed-slices.js'
import { type SliceHeader } from './slice-header.js'

/** Slices nearer than this lie at the same place. */
const samePlaceMm = 1e-2

async function haveEqualPixels(a: SliceHeader, b: SliceHeader): Promise<boolean> {
  const [left, right] = await Promise.all(
    [a, b].map(({ dataSet: { path, pixelData, fileBytes } }) => {
      const offset = pixelData?.offsetBytes ?? 0
      return readBytes(path, offset, Math.min(pixelData?.lengthBytes ?? Infinity, fileBytes - offset))
    }),
  )
  return left !== undefined && right !== undefined && left.equals(right)
}

/**
 * Keeps one slice per place. Copies with the same pixels are a warning; different pixels at one place (time points,
 * echoes, two scans mixed) are blocking, since which one is meant can't be known.
 */
export async function removeDuplicates(
  slices: readonly PlacedSlice[],
): Promise<{ slices: PlacedSlice[]; issues: GeometryIssue[] }> {
  const kept: PlacedSlice[] = []
  const copies: string[] = []
  const conflicts: string[] = []
  for (const slice of slices) {
    const last = kept.at(-1)
    if (last === undefined || slice.distanceMm - last.distanceMm > samePlaceMm) {
      kept.push(slice)
      continue
    }
    const text = `"${slice.header.name}" lies where "${last.header.name}" does (${last.distanceMm.toFixed(2)} mm)`
    if (await haveEqualPixels(last.header, slice.header)) copies.push(text)
    else conflicts.push(text)
  }
  const issues: GeometryIssue[] = []
  const list = (texts: string[]) =>
    texts.length > 3 ? `${texts.slice(0, 3).join('; ')} and ${texts.length - 3} more` : texts.join('; ')
  if (copies.length > 0) {
    issues.push({
      code: 'duplicate-slice',
      severity: 'warning',
      message: `Copies of slices are left out (${copies.length}): ${list(copies)}.`,
    })
  }
  if (conflicts.length > 0) {
    issues.push({
      code: 'duplicate-slice',
      severity: 'blocking',
      message: `Different slices lie at the same place (${conflicts.length}): ${list(conflicts)}. The one with the lower slice number is used when accepted.`,
    })
  }
  return { slices: kept, issues }
}
