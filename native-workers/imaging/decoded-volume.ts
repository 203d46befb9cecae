import { type GeometryIssue, type VolumeSummary } from '../contract/operations/volume.js'
import { type Volume } from './volume.js'

/** What a format's reader hands on: voxels on their grid, and what there is to say about them. */
export interface DecodedVolume {
  readonly volume: Volume
  /** In words, e.g. "NIfTI (gzip)". */
  readonly format: string
  /** Voxel type as stored, e.g. int16. */
  readonly storedType: string
  readonly issues: readonly GeometryIssue[]
  readonly series: VolumeSummary['series']
}
