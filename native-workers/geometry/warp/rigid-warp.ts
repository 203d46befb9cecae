import { type Matrix4, type Vector3 } from '../../contract/matrix.js'
import {
  add,
  affine,
  determinant3,
  diagonal3,
  invert3,
  linearPart,
  multiply3,
  multiplyVector3,
  subtract,
  translationPart,
} from '../matrix.js'
import { nearestRotation } from '../rigid.js'
import { singularValues3 } from '../singular-values.js'

/** What of a linear map between two volumes a pose can follow: a rotation or a mirror image, and a translation. */
export interface RigidWarp {
  /** LPS mm to LPS mm; its linear part is orthogonal, with determinant -1 where `isMirror`. */
  readonly patientFromTemplate: Matrix4
  readonly isMirror: boolean
  /** Of the original map along three perpendicular directions, largest first: what is left out. */
  readonly stretches: Vector3
}

/** Stretches that differ from 1 by less come from rounding and from the registration itself. */
const negligibleStretch = 1e-3

/**
 * The orthogonal part of a linear map, as xvr takes it (specification §4.3): the nearest rotation R by singular values,
 * and R A⁻¹ t for the translation, with the patient's frame moved to `anchorMm`: there the map and its rigid part
 * agree. A map that mirrors keeps its mirror. Errors: `geometry-invalid` (singular).
 *
 * @param anchorMm the patient volume's centre, LPS mm; it only matters where the map stretches
 */
export function rigidWarp(patientFromTemplate: Matrix4, anchorMm: Vector3): RigidWarp {
  const linear = linearPart(patientFromTemplate)
  const inverse = invert3(linear, 'The warp')
  const isMirror = determinant3(linear) < 0
  const reflection = diagonal3(isMirror ? -1 : 1, 1, 1)
  // The nearest orthogonal matrix of A F is that of A, times F.
  const orthogonal = multiply3(nearestRotation(multiply3(linear, reflection)), reflection)
  const offset = multiplyVector3(inverse, subtract(translationPart(patientFromTemplate), anchorMm))
  return {
    patientFromTemplate: affine(orthogonal, add(anchorMm, multiplyVector3(orthogonal, offset))),
    isMirror,
    stretches: singularValues3(linear).singularValues,
  }
}

/** What a person should know about a warp's use; empty for a plain rigid one. */
export function warpWarnings({ stretches, isMirror }: RigidWarp): string[] {
  const percent = (stretch: number) => `${((stretch - 1) * 100).toFixed(2)} %`
  const warnings: string[] = []
  if (stretches.some((stretch) => Math.abs(stretch - 1) > negligibleStretch)) {
    warnings.push(
      `The warp stretches by ${stretches.map(percent).join(', ')} along its axes; a pose is rigid, so that part is left out.`,
    )
  }
  if (isMirror) {
    warnings.push(
      'The warp mirrors: the pose is taken as found on the mirrored X-ray, and the result belongs to the original one.',
    )
  }
  return warnings
}
