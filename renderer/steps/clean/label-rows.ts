import type { CleanedLabel } from '../../../native-workers/contract/operations/clean-labels.js'

/** What happened to every label as text: those that lost most come first, the others in their order. */
export function labelRows(labels: readonly CleanedLabel[]): readonly (readonly string[])[] {
  return labels
    .toSorted((a, b) => b.removedMm3 - a.removedMm3 || a.label - b.label)
    .map(({ label, components, kept, removedMm3 }) => [
      String(label),
      String(components),
      String(kept),
      (removedMm3 / 1000).toFixed(2),
    ])
}
