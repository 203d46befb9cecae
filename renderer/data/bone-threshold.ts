import type { DisplayVolume } from './display-volume.js'

/** Hounsfield units at which trabecular bone separates from enhanced soft tissue. */
const boneHu = 200

/**
 * A starting threshold for the bone surface: 200 HU where the volume holds air as a CT does; otherwise, for
 * values that are no Hounsfield units, midway between the middle and the top of the values above the minimum.
 */
export function suggestBoneThreshold({ voxels }: DisplayVolume): number {
  const stride = Math.max(1, Math.floor(voxels.length / 100_000))
  const sample = voxels.filter((_, index) => index % stride === 0).sort()
  const at = (share: number): number => sample[Math.round(share * (sample.length - 1))] ?? 0
  const lowest = at(0)
  const highest = at(1)
  if (lowest <= -500 && highest > boneHu) return boneHu
  const above = sample.subarray(sample.findIndex((value) => value > lowest))
  const middle = above[Math.floor(above.length / 2)] ?? lowest
  return Math.round((middle + (above[Math.floor(above.length * 0.99)] ?? highest)) / 2)
}
