import { type Vector3 } from '../contract/matrix.js'
import { type VolumeGrid } from '../contract/operations/volume.js'
import { halve } from '../imaging/resample/halve.js'
import { resampleIsotropic } from '../imaging/resample/isotropic.js'
import { type Volume } from '../imaging/volume.js'
import { type VolumeCaps, noCaps } from './cpu/drr-renderer.js'

/** Voxels of the finest level of a registration's pyramid; more costs time and memory and gains nothing measurable. */
const finestVoxels = 256 ** 3
const coarsestEdge = 12
const maxLevels = 5

/** Edge of the isotropic voxels that a volume is registered on: its finest spacing unless that gives too many. */
export function registrationSpacingMm({ size, spacingMm }: VolumeGrid): number {
  const volumeMm3 = size.reduce((product, count, axis) => product * count * spacingMm[axis], 1)
  return Math.max(Math.min(...spacingMm), Math.cbrt(volumeMm3 / finestVoxels))
}

/** Isotropic attenuation from fine to coarse, each level half as fine as the one before. */
export function attenuationPyramid(attenuation: Volume<Float32Array>): Volume<Float32Array>[] {
  const spacingMm = registrationSpacingMm(attenuation.grid)
  const isotropic = attenuation.grid.spacingMm.every((edgeMm) => Math.abs(edgeMm - spacingMm) < 1e-9)
  const levels = [isotropic ? attenuation : resampleIsotropic(attenuation, spacingMm)]
  while (levels.length < maxLevels) {
    const finest = levels[levels.length - 1]
    if (Math.min(...finest.grid.size) < 2 * coarsestEdge) break
    levels.push(halve(finest))
  }
  return levels
}

/** Share of an end slice's voxels that must attenuate for the body to go on beyond it. */
const bodyShare = 0.05
/** Attenuation that counts as body, as a share of the volume's 99th percentile. */
const bodyLevel = 0.15

/**
 * Where the body goes on beyond the volume along the patient's long axis: rays that enter or leave there miss what the
 * scan left out, so they can't be compared (registration recipe §1, masks).
 */
export function bodyCaps({ grid, voxels }: Volume<Float32Array>): VolumeCaps {
  const axis = longAxis(grid)
  const [nx, ny] = grid.size
  const strides: Vector3 = [1, nx, nx * ny]
  const threshold = bodyLevel * percentile(voxels, 0.99)
  if (!(threshold > 0)) return noCaps
  const [first, second] = ([0, 1, 2] as const).filter((other) => other !== axis)
  const share = (slice: number) => {
    let above = 0
    for (let b = 0; b < grid.size[second]; b++)
      for (let a = 0; a < grid.size[first]; a++)
        if (voxels[slice * strides[axis] + a * strides[first] + b * strides[second]] > threshold) above++
    return above / (grid.size[first] * grid.size[second])
  }
  const low = share(0) > bodyShare ? 1 : 0
  const high = share(grid.size[axis] - 1) > bodyShare ? 2 : 0
  return { axis, ends: low | high }
}

/** The index axis closest to head-feet (LPS z). */
function longAxis({ direction }: VolumeGrid): 0 | 1 | 2 {
  const along = direction[2].map(Math.abs)
  if (along[2] >= along[0] && along[2] >= along[1]) return 2
  return along[1] >= along[0] ? 1 : 0
}

function percentile(voxels: Float32Array, share: number): number {
  const step = Math.max(1, Math.floor(voxels.length / 100_000))
  const sample: number[] = []
  for (let n = 0; n < voxels.length; n += step) sample.push(voxels[n])
  sample.sort((a, b) => a - b)
  return sample[Math.floor(share * (sample.length - 1))]
}
