import { type CropInput } from '../../contract/operations/crop.js'
import { detectFormat } from '../file-format.js'
import { loadLabels, type LabelVoxels } from '../labels.js'
import { type Volume } from '../volume.js'
import { loadVolume } from '../volume-cache.js'
import { labelBoxes, type VoxelBox } from './label-boxes.js'

/** A CT and, where one is given, its label map on the same grid, with the boxes of the labels. */
export interface LabelledVolume {
  readonly volume: Volume
  /** The voxel type to write, e.g. int16. */
  readonly storedType: string
  readonly labels: LabelVoxels | null
  readonly boxes: ReadonlyMap<number, VoxelBox>
  readonly warnings: readonly string[]
}

/** Reads what the crop of all parts of a case needs. Errors: those of `readVolume` and `loadLabels`. */
export async function loadLabelledVolume(
  { volume: source, labelsPath, structures }: Pick<CropInput, 'volume' | 'labelsPath' | 'structures'>,
  signal: AbortSignal,
): Promise<LabelledVolume> {
  const { volume, summary } = await loadVolume(source, signal)
  const asked = structures.flatMap(({ labels }) => labels)
  const map =
    labelsPath === undefined
      ? null
      : await loadLabels({ path: labelsPath, structures: asked }, volume.grid, signal)
  // DICOM is decoded to 32 bits only for its rescaling; a file of 32 bits was made so.
  const storedType = (await detectFormat(source.path)) === 'folder' ? 'int16' : summary.storedType
  const issues = [...summary.issues, ...(map?.issues ?? [])]
  return {
    volume,
    storedType,
    labels: map?.labels ?? null,
    boxes: map === null || asked.length === 0 ? new Map() : labelBoxes(map.labels, volume.grid.size),
    warnings: issues
      .filter(({ severity, code }) => severity !== 'note' || code === 'other-grid')
      .map(({ message }) => message),
  }
}
