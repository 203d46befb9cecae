import type { Matrix4 } from '../../../native-workers/contract/matrix.js'
import { inverseAffine, multiply4 } from '../../geometry/math.js'
import { mirrors, motionKind } from './affine.js'

/** Mirrors the world as an X-ray is mirrored by reversing its columns: x becomes -x. */
const reflectionOfX: Matrix4 = [
  [-1, 0, 0, 0],
  [0, 1, 0, 0],
  [0, 0, 1, 0],
  [0, 0, 0, 1],
]

/** `to-file`: a pose of the moved CT becomes that of the CT in its file. `to-moved`: the other way. */
export type PoseDirection = 'to-file' | 'to-moved'

/**
 * The pose through a rigid or mirroring transform: worldFromVolume = worldFromMoved movedFromVolume, and back by the
 * inverse. A transform that mirrors belongs to an X-ray that is mirrored too, so the world is mirrored with it:
 * S worldFromMoved movedFromVolume, as `isocenter pose transform` does (specification §4.3). Null where the transform
 * stretches or shears, which no pose can follow.
 */
export function poseThroughTransform(
  worldFrom: Matrix4,
  movedFromVolume: Matrix4,
  direction: PoseDirection,
): Matrix4 | null {
  if (motionKind(movedFromVolume) === 'affine') return null
  const applied = direction === 'to-file' ? movedFromVolume : inverseAffine(movedFromVolume)
  const pose = multiply4(worldFrom, applied)
  return mirrors(movedFromVolume) ? multiply4(reflectionOfX, pose) : pose
}
