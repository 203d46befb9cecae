import { type Matrix4, type Vector3 } from '../../../contract/matrix.js'
import {
  distance,
  identity3,
  invertRigid,
  linearPart,
  multiply4,
  normalized,
  scale,
  transformPoint,
} from '../../../geometry/matrix.js'
import { rotationAngleRad, twistAbout } from '../../../geometry/rigid.js'
import { toDegrees, toRadians } from '../../../geometry/rotations/euler.js'
import { shiftedOrigin } from '../../resample/isotropic.js'
import { resampleLinear } from '../../resample/linear.js'
import { gridCentreMm, type Volume } from '../../volume.js'

/** A turn about an oblique axis through a volume's centre, and a shift; LPS mm. */
export const motionAbout = ({ grid }: Volume, angleDeg: number, shiftMm: number): Matrix4 =>
  twistAbout(
    gridCentreMm(grid),
    identity3,
    scale(normalized([1, -2, 0.7]), toRadians(angleDeg)),
    scale(normalized([1, 1, -1]), shiftMm),
  )

/** The volume as a second scan would show it; `originalFromCopy` is the motion between them. */
export function movedCopy(volume: Volume, originalFromCopy: Matrix4): Volume {
  const output = new Int16Array(volume.voxels.length)
  resampleLinear(
    {
      source: volume,
      target: volume.grid,
      sourceFromTarget: originalFromCopy,
      output,
      outsideValue: -1000,
    },
    0,
    volume.grid.size[2],
  )
  return { grid: volume.grid, voxels: output }
}

/** The part of a volume beyond the middle of an axis. */
export function upperHalf({ grid, voxels }: Volume, axis: 0 | 1 | 2): Volume {
  const start: Vector3 = [0, 0, 0].map((_, a) => (a === axis ? grid.size[a] >> 1 : 0)) as [
    number,
    number,
    number,
  ]
  const size: Vector3 = [grid.size[0] - start[0], grid.size[1] - start[1], grid.size[2] - start[2]]
  const part = new Int16Array(size[0] * size[1] * size[2])
  for (let k = 0, index = 0; k < size[2]; k++) {
    for (let j = 0; j < size[1]; j++) {
      for (let i = 0; i < size[0]; i++, index++) {
        part[index] = voxels[i + start[0] + grid.size[0] * (j + start[1] + grid.size[1] * (k + start[2]))]
      }
    }
  }
  return { grid: { ...grid, size, originMm: shiftedOrigin(grid, start) }, voxels: part }
}

/** How far a motion is from the true one: its angle, and its shift of a point. */
export function motionError(found: Matrix4, truth: Matrix4, point: Vector3) {
  const rest = multiply4(invertRigid(truth), found)
  return {
    angleDeg: toDegrees(rotationAngleRad(linearPart(rest))),
    shiftMm: distance(transformPoint(rest, point), point),
  }
}
