import type { OpenedLabel } from '../../native-workers/contract/operations/open-labels.js'
import totalSegmentator from './totalsegmentator-v2.json'

/**
 * Where names come from. A map does not tell which tool made it, and the same number means different structures in
 * different tools: without a names file the person chooses, nothing is guessed.
 */
export type NameSource = 'file' | 'totalsegmentator' | 'numbers'

const tables: Readonly<Record<string, string>> = totalSegmentator

/** "vertebrae_L5" -> "vertebrae L5" */
const readable = (name: string): string => name.replaceAll('_', ' ')

/** The name of a number in TotalSegmentator's table; null where it has none. */
export const tableName = (label: number): string | null => tables[label] ?? null

/** The name that a label is shown by; its number where no name is known. */
export function labelName({ label, name }: OpenedLabel, source: NameSource): string {
  const found = source === 'file' ? name : source === 'totalsegmentator' ? tableName(label) : null
  return found === null ? String(label) : readable(found)
}

/** Whether a label fits the search: every word of it in the name, or the number itself. */
export function fitsSearch(search: string, name: string, label: number): boolean {
  const words = search
    .toLowerCase()
    .split(/[\s_]+/)
    .filter(Boolean)
  const searched = name.toLowerCase()
  return words.every((word) => searched.includes(word) || String(label) === word)
}
