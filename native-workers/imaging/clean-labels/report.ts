import { type CleanedLabel } from '../../contract/operations/clean-labels.js'
import { type Components } from './connected-components.js'

/** What was found of each label and what stayed, in the order of the labels. */
export function cleanedLabels(
  { count, label, voxels }: Components,
  isKept: Uint8Array,
  voxelMm3: number,
): CleanedLabel[] {
  const rows = new Map<number, CleanedLabel>()
  for (let component = 0; component < count; component++) {
    const row = rows.get(label[component]) ?? emptyRow(label[component])
    rows.set(label[component], row)
    row.components++
    row.voxelsBefore += voxels[component]
    if (isKept[component] === 0) continue
    row.kept++
    row.voxelsAfter += voxels[component]
  }
  return [...rows.values()]
    .sort((a, b) => a.label - b.label)
    .map((row) => ({ ...row, removedMm3: (row.voxelsBefore - row.voxelsAfter) * voxelMm3 }))
}

const emptyRow = (label: number): CleanedLabel => ({
  label,
  components: 0,
  kept: 0,
  voxelsBefore: 0,
  voxelsAfter: 0,
  removedMm3: 0,
})

/** Specks that segmentation leaves are far smaller; more than this share of a label may be anatomy. */
const notableShare = 0.1

/** What a person should know beside the figures: labels that are not there, no longer there, or lost much. */
export function cleaningWarnings(
  rows: readonly CleanedLabel[],
  absent: readonly number[],
  name: string,
): string[] {
  const gone = rows.filter(({ kept }) => kept === 0).map(({ label }) => label)
  const reduced = rows.filter(
    ({ kept, voxelsBefore, voxelsAfter }) => kept > 0 && voxelsAfter < (1 - notableShare) * voxelsBefore,
  )
  return [
    ...(absent.length === 0 ? [] : [`"${name}" holds no voxels of ${labelList(absent)}.`]),
    ...(gone.length === 0 ? [] : [`Nothing is left of ${labelList(gone)}: no component is large enough.`]),
    ...reduced.map(
      ({ label, components, voxelsBefore, voxelsAfter }) =>
        `Label ${label} lost ${Math.round(100 * (1 - voxelsAfter / voxelsBefore))} % of its voxels: it consists of ${components} parts, of which more than one may belong to it.`,
    ),
  ]
}

const labelList = (labels: readonly number[]): string =>
  `${labels.length === 1 ? 'label' : 'labels'} ${labels.join(', ')}`
