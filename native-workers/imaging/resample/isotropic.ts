import { type Vector3 } from '../../contract/matrix.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { type Volume, type VoxelArray } from '../volume.js'
import { axisWeights } from './axis-weights.js'
import { resampleAxis } from './resample-axis.js'

/** The origin of a grid whose first voxel lies `indices` input voxels from the input's, along the same axes. */
export function shiftedOrigin({ originMm, spacingMm, direction }: VolumeGrid, indices: Vector3): Vector3 {
  const shift = (r: 0 | 1 | 2) =>
    originMm[r] +
    direction[r].reduce((sum, cosine, axis) => sum + cosine * spacingMm[axis] * indices[axis], 0)
  return [shift(0), shift(1), shift(2)]
}

/**
 * The grid of cubes of `spacingMm` that covers the same extent (voxels as boxes) along the same axes, centred on it.
 * The last voxel may reach up to half a voxel beyond; a remainder that rounding to float32 makes is no voxel.
 */
export function isotropicGrid(grid: VolumeGrid, spacingMm: number): VolumeGrid {
  const size = grid.size.map((count, axis) =>
    Math.max(1, Math.ceil((count * grid.spacingMm[axis]) / spacingMm - 1e-4)),
  ) as [number, number, number]
  const firstIndex = size.map(
    (count, axis) => (grid.size[axis] - 1) / 2 - (((count - 1) / 2) * spacingMm) / grid.spacingMm[axis],
  ) as [number, number, number]
  return {
    size,
    spacingMm: [spacingMm, spacingMm, spacingMm],
    originMm: shiftedOrigin(grid, firstIndex),
    direction: grid.direction,
  }
}

/**
 * Resamples along the volume's own axes to cubes of `spacingMm`: linear where that is finer, antialiased by a
 * moving average where it is coarser. A constant stays constant, and a linear ramp stays one inside.
 */
export function resampleIsotropic(volume: Volume, spacingMm: number): Volume<Float32Array> {
  const { grid } = volume
  const target = isotropicGrid(grid, spacingMm)
  const weightsOf = (axis: 0 | 1 | 2) => {
    const ratio = spacingMm / grid.spacingMm[axis]
    const offset = (grid.size[axis] - 1) / 2 - ((target.size[axis] - 1) / 2) * ratio
    return axisWeights(grid.size[axis], target.size[axis], ratio, offset)
  }
  // The axis that shrinks most comes first, so that the later passes have less to do.
  const order = ([0, 1, 2] as const).toSorted(
    (a, b) => target.size[a] / grid.size[a] - target.size[b] / grid.size[b],
  )
  const size = [...grid.size] as [number, number, number]
  let voxels: VoxelArray = volume.voxels
  for (const axis of order) {
    const layout = {
      inner: size.slice(0, axis).reduce((product, n) => product * n, 1),
      size: size[axis],
      outer: size.slice(axis + 1).reduce((product, n) => product * n, 1),
    }
    voxels = resampleAxis(voxels, layout, weightsOf(axis))
    size[axis] = target.size[axis]
  }
  return { grid: target, voxels: voxels instanceof Float32Array ? voxels : Float32Array.from(voxels) }
}
