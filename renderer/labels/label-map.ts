import type { OpenedLabel } from '../../native-workers/contract/operations/open-labels.js'
import type { VolumeGrid } from '../../native-workers/contract/operations/volume.js'

export type LabelVoxels = Uint8Array | Uint16Array

/** A label map over the open CT: one label per voxel of the CT's display copy. */
export interface LabelMap {
  readonly path: string
  readonly grid: VolumeGrid
  readonly voxels: LabelVoxels
  /** Ascending. */
  readonly labels: readonly OpenedLabel[]
  /** The file beside the map that the names come from. */
  readonly namesFile: string | null
}

/** The names of a map's labels by number. */
export function namesOf(map: LabelMap | null): Map<number, string> {
  return new Map(map?.labels.flatMap(({ label, name }) => (name === null ? [] : [[label, name]])))
}

/** What a label takes up, in cubic centimetres. */
export function volumeCm3({ voxelCount }: OpenedLabel, { spacingMm }: VolumeGrid): number {
  return (voxelCount * spacingMm[0] * spacingMm[1] * spacingMm[2]) / 1000
}
