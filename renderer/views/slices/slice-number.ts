import type { Vector3 } from '../../../native-workers/contract/matrix.js'
import type { VolumeGrid } from '../../../native-workers/contract/operations/volume.js'
import { indexFromVolume } from '../../geometry/grid.js'
import { dot, transformPoint, transpose3 } from '../../geometry/math.js'

export interface SliceNumber {
  /** From 1, along the volume's own axis, as slices are counted. */
  readonly number: number
  readonly count: number
}

/** Deviation from the plane's normal, as a cosine, beyond which a plane is no stored slice any more. */
const parallel = 0.9999

/**
 * Which stored slice a plane through `pointMm` with this unit normal is; null where the volume's axes lie oblique to
 * it, so that the plane cuts through several.
 */
export function sliceNumber(grid: VolumeGrid, normal: Vector3, pointMm: Vector3): SliceNumber | null {
  const axis = transpose3(grid.direction).findIndex(
    (direction) => Math.abs(dot(direction, normal)) > parallel,
  )
  const count = grid.size[axis]
  const position = transformPoint(indexFromVolume(grid), pointMm)[axis]
  if (count === undefined || position === undefined) return null
  return { number: Math.min(count, Math.max(1, Math.round(position) + 1)), count }
}
