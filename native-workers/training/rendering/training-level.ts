import { type PoseRange, type TrainingDetector } from '../../contract/training/configuration.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { resampleIsotropic } from '../../imaging/resample/isotropic.js'
import { type Volume } from '../../imaging/volume.js'

/**
 * Edge of the training level's voxels in pixels at the isocentre, and the sampling step in voxels: pictures of a chest
 * at 128 x 128 stay within 0.8 % (root mean square, of the brightest pixel) of those of the stored voxels.
 */
const voxelPixels = 1.4
export const trainingStepVoxels = 2
/** Voxels of a level; more would cost memory per subject that pictures of a network's size do not show. */
const mostVoxels = 8e6

/** Edge of a detector's pixel projected to the isocentre, from the middle of the range of distances. */
export function pixelAtIsocentreMm(detector: TrainingDetector, range: PoseRange): number {
  const [near, far] = (detector.orientation === 'none' ? range.tzMm : range.tyMm).map(Math.abs)
  return (detector.delxMm * (near + far)) / 2 / detector.sddMm
}

/** The voxels' edge of the one level that a training renders a CT at. */
export function trainingSpacingMm({ size, spacingMm }: VolumeGrid, pixelMm: number): number {
  const volumeMm3 = size.reduce((product, count, axis) => product * count * spacingMm[axis], 1)
  return Math.max(voxelPixels * pixelMm, Math.min(...spacingMm), Math.cbrt(volumeMm3 / mostVoxels))
}

/** A volume on cubes of that edge; as it is where it has them. */
export function onTrainingLevel(volume: Volume<Float32Array>, spacingMm: number): Volume<Float32Array> {
  const isSame = volume.grid.spacingMm.every((edgeMm) => Math.abs(edgeMm - spacingMm) < 1e-9)
  return isSame ? volume : resampleIsotropic(volume, spacingMm)
}
