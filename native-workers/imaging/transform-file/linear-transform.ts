import { UserError } from '../../contract/errors.js'
import { type Matrix3, type Matrix4, type Vector3 } from '../../contract/matrix.js'
import { add, affine, diagonal3, identity3, multiplyVector3, subtract } from '../../geometry/matrix.js'
import { rotationFromEuler } from '../../geometry/rotations/euler.js'
import { rotationFromQuaternion } from '../../geometry/rotations/quaternion.js'
import { type TransformEntry } from './transform-entry.js'

/** What a type's parameters mean: the linear part and the translation about the centre. */
interface LinearType {
  readonly parameterCount: number
  readonly parts: (
    parameters: readonly number[],
    fixedParameters: readonly number[],
  ) => { readonly linear: Matrix3; readonly translation: Vector3 }
}

const vectorAt = (values: readonly number[], start: number): Vector3 => [
  values[start],
  values[start + 1],
  values[start + 2],
]

const none: Vector3 = [0, 0, 0]

/** Nine numbers by rows, then the translation. */
const matrixType: LinearType = {
  parameterCount: 12,
  parts: (p) => ({
    linear: [vectorAt(p, 0), vectorAt(p, 3), vectorAt(p, 6)],
    translation: vectorAt(p, 9),
  }),
}

/** A versor is the vector part of a unit quaternion whose scalar part is not negative. */
function rotationFromVersor([x, y, z]: Vector3): Matrix3 {
  return rotationFromQuaternion([Math.sqrt(Math.max(0, 1 - (x * x + y * y + z * z))), x, y, z])
}

const sum3 = (a: Matrix3, b: Matrix3): Matrix3 => [add(a[0], b[0]), add(a[1], b[1]), add(a[2], b[2])]
const timesScalar = (m: Matrix3, factor: number): Matrix3 => {
  const row = (r: Vector3): Vector3 => [r[0] * factor, r[1] * factor, r[2] * factor]
  return [row(m[0]), row(m[1]), row(m[2])]
}

/** ITK adds scale - 1 and the skews to the elements of the rotation; it does not multiply. */
function versorWithAddedParts(versor: Vector3, scales: Vector3, skews: readonly number[]): Matrix3 {
  const [a, b, c, d, e, f] = skews
  return sum3(rotationFromVersor(versor), [
    [scales[0] - 1, a, b],
    [c, scales[1] - 1, d],
    [e, f, scales[2] - 1],
  ])
}

const linearTypes: Readonly<Record<string, LinearType>> = {
  AffineTransform: matrixType,
  MatrixOffsetTransformBase: matrixType,
  Rigid3DTransform: matrixType,
  FixedCenterOfRotationAffineTransform: matrixType,
  IdentityTransform: { parameterCount: 0, parts: () => ({ linear: identity3, translation: none }) },
  TranslationTransform: {
    parameterCount: 3,
    parts: (p) => ({ linear: identity3, translation: vectorAt(p, 0) }),
  },
  ScaleTransform: {
    parameterCount: 3,
    parts: (p) => ({ linear: diagonal3(p[0], p[1], p[2]), translation: none }),
  },
  VersorTransform: {
    parameterCount: 3,
    parts: (p) => ({ linear: rotationFromVersor(vectorAt(p, 0)), translation: none }),
  },
  Euler3DTransform: {
    parameterCount: 6,
    // The fourth fixed parameter chooses the order Rz Ry Rx over Rz Rx Ry.
    parts: ([x, y, z, ...translation], fixed) => ({
      linear:
        (fixed[3] ?? 0) !== 0 ? rotationFromEuler('ZYX', [z, y, x]) : rotationFromEuler('ZXY', [z, x, y]),
      translation: vectorAt(translation, 0),
    }),
  },
  VersorRigid3DTransform: {
    parameterCount: 6,
    parts: (p) => ({ linear: rotationFromVersor(vectorAt(p, 0)), translation: vectorAt(p, 3) }),
  },
  QuaternionRigidTransform: {
    parameterCount: 7,
    parts: (p) => ({
      linear: rotationFromQuaternion([p[3], p[0], p[1], p[2]]),
      translation: vectorAt(p, 4),
    }),
  },
  Similarity3DTransform: {
    parameterCount: 7,
    parts: (p) => ({
      linear: timesScalar(rotationFromVersor(vectorAt(p, 0)), p[6]),
      translation: vectorAt(p, 3),
    }),
  },
  ScaleVersor3DTransform: {
    parameterCount: 9,
    parts: (p) => ({
      linear: versorWithAddedParts(vectorAt(p, 0), vectorAt(p, 6), [0, 0, 0, 0, 0, 0]),
      translation: vectorAt(p, 3),
    }),
  },
  ScaleSkewVersor3DTransform: {
    parameterCount: 15,
    parts: (p) => ({
      linear: versorWithAddedParts(vectorAt(p, 0), vectorAt(p, 6), p.slice(9)),
      translation: vectorAt(p, 3),
    }),
  },
}

/**
 * The 4x4 matrix (LPS mm) of one ITK transform: x -> A (x - c) + c + t with the centre c in its fixed parameters.
 * Errors: `format-unsupported` (not linear), `file-unreadable` (numbers missing), naming `fileName`.
 */
export function matrixOfTransform(entry: TransformEntry, fileName: string): Matrix4 {
  const { typeName, parameters, fixedParameters } = entry
  if (!Object.hasOwn(linearTypes, typeName)) throw notLinearError(typeName, fileName)
  const type = linearTypes[typeName]
  const isComplete =
    parameters.length === type.parameterCount &&
    (fixedParameters.length >= 3 || type === linearTypes.TranslationTransform || type.parameterCount === 0)
  if (!isComplete || ![...parameters, ...fixedParameters].every(Number.isFinite)) {
    throw new UserError(
      'file-unreadable',
      `"${fileName}" is damaged: its ${typeName} should have ${type.parameterCount} parameters and a centre, but holds ${parameters.length} and ${fixedParameters.length} numbers.`,
      'Export the transform again.',
    )
  }
  const { linear, translation } = type.parts(parameters, fixedParameters)
  const centre = fixedParameters.length >= 3 ? vectorAt(fixedParameters, 0) : none
  return affine(linear, add(translation, subtract(centre, multiplyVector3(linear, centre))))
}

function notLinearError(typeName: string, fileName: string): UserError {
  const isDeformable = /BSpline|Displacement|Velocity|Gaussian/.test(typeName)
  return new UserError(
    'format-unsupported',
    `"${fileName}" holds a ${typeName}, ${isDeformable ? 'which deforms and has no matrix' : 'a kind that is not supported'}.`,
    'Rigid, similarity, affine and translation transforms, and composites of them, are read.',
  )
}
