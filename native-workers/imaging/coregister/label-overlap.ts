import { type Matrix4 } from '../../contract/matrix.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { determinant3, linearPart } from '../../geometry/matrix.js'
import { type LabelMap } from '../labels.js'
import { resampleNearest } from '../resample/nearest.js'

/** A label map and the grid it lies on. */
export interface PlacedLabels {
  readonly map: LabelMap
  readonly grid: VolumeGrid
}

/**
 * Dice's coefficient (Dice 1945) of each label that both maps hold, with the volume moved by volumeFromReference (LPS
 * mm): twice the common volume, counted on the reference's voxels, over the sum of both.
 */
export function diceOfLabels(
  reference: PlacedLabels,
  volume: PlacedLabels,
  volumeFromReference: Matrix4,
): Map<number, number> {
  const fixed = reference.map.labels
  const moved = new Uint16Array(fixed.length)
  resampleNearest(
    { grid: volume.grid, voxels: volume.map.labels },
    reference.grid,
    moved,
    volumeFromReference,
  )
  const common = new Map<number, number>()
  for (let index = 0; index < fixed.length; index++) {
    const label = fixed[index]
    if (label !== 0 && label === moved[index]) common.set(label, (common.get(label) ?? 0) + 1)
  }
  const [fixedCounts, volumeCounts] = [countLabels(reference), countLabels(volume)]
  const voxelRatio =
    voxelMm3(volume.grid) /
    (voxelMm3(reference.grid) * Math.abs(determinant3(linearPart(volumeFromReference))))
  const shared = reference.map.structures.filter((label) => volumeCounts.has(label))
  return new Map(
    shared.map((label) => {
      const sum = (fixedCounts.get(label) ?? 0) + (volumeCounts.get(label) ?? 0) * voxelRatio
      return [label, Math.min(1, (2 * (common.get(label) ?? 0)) / sum)]
    }),
  )
}

const voxelMm3 = ({ spacingMm }: VolumeGrid): number => spacingMm[0] * spacingMm[1] * spacingMm[2]

function countLabels({ map }: PlacedLabels): Map<number, number> {
  const counts = new Map<number, number>()
  for (const label of map.labels) {
    if (label !== 0) counts.set(label, (counts.get(label) ?? 0) + 1)
  }
  return counts
}
