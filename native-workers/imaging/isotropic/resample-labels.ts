import { basename } from 'node:path'
import { throwIfCancelled, UserError } from '../../contract/errors.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { type LabelVoxels, toLabels } from '../labels.js'
import { labelNumbers, presentLabels } from '../present-labels.js'
import { readVolume } from '../read-volume.js'
import { resampleNearest } from '../resample/nearest.js'

export interface ResampledLabels {
  readonly labels: LabelVoxels
  /** Labels above 0 on the new grid. */
  readonly present: number[]
  readonly warnings: string[]
}

/**
 * A label map on `grid`, each voxel with the label of the nearest voxel of the map's own grid in LPS mm. Errors:
 * `labels-invalid`, `no-overlap` (no label lies inside the grid), and those of `readVolume`.
 */
export async function resampleLabels(
  path: string,
  grid: VolumeGrid,
  signal: AbortSignal,
): Promise<ResampledLabels> {
  const name = basename(path)
  const { volume } = await readVolume({ path, acceptGeometry: false }, signal)
  throwIfCancelled(signal)
  const stored = toLabels(volume.voxels, name)
  const before = labelNumbers(presentLabels(stored))
  if (before.length === 0) {
    throw new UserError(
      'labels-invalid',
      `"${name}" holds no labels above 0.`,
      'Choose another segmentation.',
    )
  }
  const length = grid.size[0] * grid.size[1] * grid.size[2]
  const labels = stored instanceof Uint8Array ? new Uint8Array(length) : new Uint16Array(length)
  resampleNearest({ grid: volume.grid, voxels: stored }, grid, labels)
  const present = labelNumbers(presentLabels(labels))
  if (present.length === 0) {
    throw new UserError(
      'no-overlap',
      `None of the labels of "${name}" lie inside the CT.`,
      'Check that segmentation and CT belong to the same scan.',
    )
  }
  const lost = before.filter((label) => !present.includes(label))
  const warnings =
    lost.length === 0
      ? []
      : [
          `The labels ${lost.join(', ')} have no voxel on the new grid: too small for it, or outside of the CT.`,
        ]
  return { labels, present, warnings }
}
