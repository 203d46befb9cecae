import { type Vector3 } from '../../contract/matrix.js'
import { type CutPadding } from '../../contract/operations/crop.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { type VoxelBox } from './label-boxes.js'

/**
 * The part of a box that lies inside the volume, and at which of the volume's ends how much of it was cut. Each side is
 * clamped by itself: a box at one end neither moves nor grows at the other. The box must reach into the volume.
 */
export function clampedBox(
  { first, last }: VoxelBox,
  { size, spacingMm, direction }: VolumeGrid,
): { box: VoxelBox; cutPadding: CutPadding[] } {
  const cutPadding: CutPadding[] = []
  const along = (axis: 0 | 1 | 2) => {
    const [from, to] = [first[axis], last[axis]]
    const column: Vector3 = [direction[0][axis], direction[1][axis], direction[2][axis]]
    const [low, high] = endsOfAxis(column)
    const beyond = to - (size[axis] - 1)
    if (from < 0) cutPadding.push({ end: low, missingMm: -from * spacingMm[axis] })
    if (beyond > 0) cutPadding.push({ end: high, missingMm: beyond * spacingMm[axis] })
    return { first: Math.max(0, from), last: Math.min(size[axis] - 1, to) }
  }
  const [i, j, k] = [along(0), along(1), along(2)]
  return { box: { first: [i.first, j.first, k.first], last: [i.last, j.last, k.last] }, cutPadding }
}

const lpsEnds = [
  ['right', 'left'],
  ['anterior', 'posterior'],
  ['inferior', 'superior'],
] as const

/** The patient's directions that lie nearest to the low and the high end of a voxel axis. */
function endsOfAxis(direction: Vector3): readonly [CutPadding['end'], CutPadding['end']] {
  const lengths = direction.map(Math.abs)
  const axis = lengths.indexOf(Math.max(...lengths))
  const [low, high] = lpsEnds[axis]
  return direction[axis] > 0 ? [low, high] : [high, low]
}
