import { type Vector3 } from '../../contract/matrix.js'
import { type Box } from '../../rendering/content-box.js'

const perEdge = 5

/** 5 x 5 x 5 points spread evenly over a box's inside, volume LPS mm: the targets of a subject's mTRE. */
export function gridPoints({ corners }: Box): Vector3[] {
  const at = (u: number, v: number, w: number): Vector3 => {
    // Corners count in binary: bit 0 along the first axis.
    const along = (axis: 0 | 1 | 2) =>
      corners[0][axis] +
      u * (corners[1][axis] - corners[0][axis]) +
      v * (corners[2][axis] - corners[0][axis]) +
      w * (corners[4][axis] - corners[0][axis])
    return [along(0), along(1), along(2)]
  }
  const shares = Array.from({ length: perEdge }, (_, n) => (n + 0.5) / perEdge)
  return shares.flatMap((w) => shares.flatMap((v) => shares.map((u) => at(u, v, w))))
}
