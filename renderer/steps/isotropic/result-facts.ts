import type { ResampleIsotropicOutput } from '../../../native-workers/contract/operations/resample-isotropic.js'
import { text } from '../../text/en.js'
import { fixed, times } from '../../text/format.js'

const words = text.preparation.isotropic
/** More labels than these are counted instead. */
const listedLabels = 12

/** The new grid beside the old one, and where it lies. */
export function isotropicFacts(output: ResampleIsotropicOutput): readonly { name: string; value: string }[] {
  const { grid, inputGrid, smoothingSigma, outside, originalFromCentered, labels } = output
  return [
    { name: words.voxels, value: times(grid.size) },
    { name: words.newSpacing, value: `${times(grid.spacingMm, 3)} mm` },
    { name: words.voxelsBefore, value: times(inputGrid.size) },
    { name: words.spacingBefore, value: `${times(inputGrid.spacingMm, 3)} mm` },
    ...(originalFromCentered === null
      ? []
      : [{ name: words.moved, value: `(${shiftText(originalFromCentered)}) mm` }]),
    ...(smoothingSigma.some((sigma) => sigma > 0)
      ? [{ name: words.smoothed, value: times(smoothingSigma, 2) }]
      : []),
    ...(outside.voxels === 0
      ? []
      : [{ name: words.outside, value: words.outsideVoxels(outside.voxels, outside.value) }]),
    { name: words.voxelType, value: output.voxelType },
    ...(labels === null
      ? []
      : [
          {
            name: words.labels,
            value: labels.length > listedLabels ? String(labels.length) : labels.join(', '),
          },
        ]),
  ]
}

/** Where a point of the original came to lie: the inverse of a pure shift. */
const shiftText = (originalFromCentered: readonly (readonly number[])[]): string =>
  originalFromCentered
    .slice(0, 3)
    .map((row) => fixed(-(row[3] ?? 0), 1))
    .join(', ')
