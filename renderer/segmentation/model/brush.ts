import type { Vector3 } from '../../../native-workers/contract/matrix.js'
import type { VolumeGrid } from '../../../native-workers/contract/operations/volume.js'
import { indexFromVolume } from '../../geometry/grid.js'
import { add, length, rotate, rotationOf, scale, subtract, transformPoint } from '../../geometry/math.js'
import type { LabelVoxels } from '../../labels/label-map.js'

/** A round brush: a disc one voxel thick in the plane that is painted on, or a ball. */
export type BrushShape = 'disc' | 'sphere'

export interface Brush {
  readonly shape: BrushShape
  readonly diameterMm: number
}

/** The directions of the plane that is painted on, LPS unit vectors. */
export interface PaintPlane {
  readonly right: Vector3
  readonly down: Vector3
}

/** A drag of the brush over a map: writes into the voxels and remembers which ones changed. */
export class Stroke {
  readonly #changed: number[] = []
  #lastMm: Vector3 | null = null

  constructor(
    readonly voxels: LabelVoxels,
    readonly grid: VolumeGrid,
    readonly plane: PaintPlane,
    readonly brush: Brush,
    /** 0 erases. */
    readonly label: number,
    /** Where it is not null, only voxels of this label change. */
    readonly onlyOver: number | null = null,
  ) {}

  /** Every voxel once, in the order of the drag. */
  get changed(): Uint32Array<ArrayBuffer> {
    return Uint32Array.from(this.#changed)
  }

  /** Paints from the last place to this one without gaps. */
  to(pointMm: Vector3): void {
    const from = this.#lastMm ?? pointMm
    const way = subtract(pointMm, from)
    const stepMm = Math.max(this.brush.diameterMm / 4, Math.min(...this.grid.spacingMm) / 2)
    const count = Math.max(1, Math.ceil(length(way) / stepMm))
    for (let step = 1; step <= count; step++) this.#stamp(add(from, scale(way, step / count)))
    this.#lastMm = pointMm
  }

  #stamp(centreMm: Vector3): void {
    if (this.brush.shape === 'disc') this.#disc(centreMm)
    else this.#sphere(centreMm)
  }

  /** Finds voxels as the slice views do, from points of the plane, so that exactly what is seen gets painted. */
  #disc(centreMm: Vector3): void {
    const toIndex = indexFromVolume(this.grid)
    const radiusMm = this.brush.diameterMm / 2
    const stepMm = Math.min(...this.grid.spacingMm) / 2
    const reach = Math.floor(radiusMm / stepMm)
    const [ax, ay, az] = rotate(rotationOf(toIndex), scale(this.plane.right, stepMm))
    const [bx, by, bz] = rotate(rotationOf(toIndex), scale(this.plane.down, stepMm))
    const [x, y, z] = transformPoint(toIndex, centreMm)
    for (let v = -reach; v <= reach; v++) {
      for (let u = -reach; u <= reach; u++) {
        if (Math.hypot(u, v) * stepMm > radiusMm) continue
        this.#set(
          Math.floor(x + u * ax + v * bx + 0.5),
          Math.floor(y + u * ay + v * by + 0.5),
          Math.floor(z + u * az + v * bz + 0.5),
        )
      }
    }
  }

  #sphere(centreMm: Vector3): void {
    const { spacingMm } = this.grid
    const [x, y, z] = transformPoint(indexFromVolume(this.grid), centreMm)
    const radiusMm = this.brush.diameterMm / 2
    this.#set(Math.floor(x + 0.5), Math.floor(y + 0.5), Math.floor(z + 0.5))
    const reach = (axis: 0 | 1 | 2): number => radiusMm / spacingMm[axis]
    for (let k = Math.ceil(z - reach(2)); k <= z + reach(2); k++) {
      for (let j = Math.ceil(y - reach(1)); j <= y + reach(1); j++) {
        for (let i = Math.ceil(x - reach(0)); i <= x + reach(0); i++) {
          const away = Math.hypot((i - x) * spacingMm[0], (j - y) * spacingMm[1], (k - z) * spacingMm[2])
          if (away <= radiusMm) this.#set(i, j, k)
        }
      }
    }
  }

  #set(i: number, j: number, k: number): void {
    const [nx, ny, nz] = this.grid.size
    if (i < 0 || j < 0 || k < 0 || i >= nx || j >= ny || k >= nz) return
    const index = (k * ny + j) * nx + i
    const before = this.voxels[index]
    if (before === this.label || (this.onlyOver !== null && before !== this.onlyOver)) return
    this.voxels[index] = this.label
    this.#changed.push(index)
  }
}

/** The voxel at a place; null outside of the map. */
export function voxelAt(grid: VolumeGrid, pointMm: Vector3): number | null {
  const [nx, ny, nz] = grid.size
  const [x, y, z] = transformPoint(indexFromVolume(grid), pointMm)
  const [i, j, k] = [Math.floor(x + 0.5), Math.floor(y + 0.5), Math.floor(z + 0.5)]
  if (i < 0 || j < 0 || k < 0 || i >= nx || j >= ny || k >= nz) return null
  return (k * ny + j) * nx + i
}
