import type { DisplayVolume } from '../../data/display-volume.js'
import { indexFromVolume } from '../../geometry/grid.js'
import { rotate, rotationOf, scale, transformPoint } from '../../geometry/math.js'
import { alignedAxes, outsideValue, resliceAligned } from './reslice-aligned.js'
import { topLeftOn, type Plane, type PlaneGrid } from './plane.js'

export { outsideValue } from './reslice-aligned.js'

/**
 * The volume on a plane at `positionMm` along the plane's normal, sampled trilinearly, into `picture`; row-major,
 * `grid.width` by `grid.height`. Pixels more than half a voxel outside the volume hold {@link outsideValue}.
 */
export function reslice(
  volume: DisplayVolume,
  plane: Plane,
  grid: PlaneGrid,
  positionMm: number,
  picture: Int16Array = new Int16Array(grid.width * grid.height),
): Int16Array {
  const { voxels } = volume
  const [nx, ny, nz] = volume.grid.size
  const toIndex = indexFromVolume(volume.grid)
  const start = transformPoint(toIndex, topLeftOn(plane, grid, positionMm))
  const across = rotate(rotationOf(toIndex), scale(plane.right, grid.stepMm))
  const along = rotate(rotationOf(toIndex), scale(plane.down, grid.stepMm))
  const aligned = alignedAxes(across, along)
  if (aligned !== null) {
    resliceAligned(volume, start, { across, along, ...aligned }, grid, picture)
    return picture
  }
  const rowStride = nx
  const sliceStride = nx * ny
  let target = 0
  for (let v = 0; v < grid.height; v++) {
    for (let u = 0; u < grid.width; u++) {
      const x = start[0] + u * across[0] + v * along[0]
      const y = start[1] + u * across[1] + v * along[1]
      const z = start[2] + u * across[2] + v * along[2]
      if (x < -0.5 || y < -0.5 || z < -0.5 || x > nx - 0.5 || y > ny - 0.5 || z > nz - 0.5) {
        picture[target++] = outsideValue
        continue
      }
      const i = Math.min(Math.max(Math.floor(x), 0), nx - 1)
      const j = Math.min(Math.max(Math.floor(y), 0), ny - 1)
      const k = Math.min(Math.max(Math.floor(z), 0), nz - 1)
      const di = i + 1 < nx ? 1 : 0
      const dj = j + 1 < ny ? rowStride : 0
      const dk = k + 1 < nz ? sliceStride : 0
      const a = Math.min(Math.max(x - i, 0), 1)
      const b = Math.min(Math.max(y - j, 0), 1)
      const c = Math.min(Math.max(z - k, 0), 1)
      const at = k * sliceStride + j * rowStride + i
      const near0 = mix(voxels[at] ?? 0, voxels[at + di] ?? 0, a)
      const near1 = mix(voxels[at + dj] ?? 0, voxels[at + dj + di] ?? 0, a)
      const far0 = mix(voxels[at + dk] ?? 0, voxels[at + dk + di] ?? 0, a)
      const far1 = mix(voxels[at + dk + dj] ?? 0, voxels[at + dk + dj + di] ?? 0, a)
      picture[target++] = Math.round(mix(mix(near0, near1, b), mix(far0, far1, b), c))
    }
  }
  return picture
}

const mix = (a: number, b: number, share: number): number => a + (b - a) * share
