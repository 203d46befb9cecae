import { type NetworkDescription } from '../../contract/training/network.js'

type RotationForm = NetworkDescription['parameterization']

/** How many numbers a rotation has in each of xvr's forms (specification §1.5). */
export const rotationNumbers: Readonly<Record<RotationForm, number>> = {
  axis_angle: 3,
  euler_angles: 3,
  quaternion: 4,
  rotation_6d: 6,
  rotation_9d: 9,
  rotation_10d: 10,
  quaternion_adjugate: 10,
  se3_log_map: 3,
}

const repeated = (count: number, value: number) => new Array<number>(count).fill(value)

/** Upper triangle of a symmetric 4x4 matrix: what is off the diagonal stands for two entries. */
const symmetric = (diagonal: number) =>
  Array.from({ length: 4 }, (_, row) =>
    Array.from({ length: 4 - row }, (_, n) => (n === 0 ? diagonal : diagonal * Math.SQRT2)),
  ).flat()

/**
 * Factors that turn differences of the numbers into about radians: the root of the sum of squares is the angle between
 * two rotations as long as it is small (a chordal distance).
 */
export const radiansPerNumber: Readonly<Record<RotationForm, readonly number[]>> = {
  axis_angle: repeated(3, 1),
  euler_angles: repeated(3, 1),
  se3_log_map: repeated(3, 1),
  quaternion: repeated(4, 2),
  rotation_6d: repeated(6, Math.SQRT1_2),
  rotation_9d: repeated(9, Math.SQRT1_2),
  rotation_10d: symmetric(Math.SQRT2),
  quaternion_adjugate: symmetric(Math.SQRT2),
}
