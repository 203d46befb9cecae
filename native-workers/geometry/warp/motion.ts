import { type Matrix4 } from '../../contract/matrix.js'
import { type Motion } from '../../contract/operations/transform.js'
import {
  determinant3,
  diagonal3,
  identity3,
  identity4,
  invertAffine,
  linearPart,
  maxDifference,
  multiply3,
  transpose3,
} from '../matrix.js'
import { nearestRotation, rotationAngleRad } from '../rigid.js'
import { toDegrees } from '../rotations/euler.js'
import { singularValues3 } from '../singular-values.js'

/** Elements that differ by less come from the rounding of files; over half a metre they make some micrometres. */
const rounding = 1e-5

/** What a transform does to a volume. Errors: `geometry-invalid` (singular). */
export function motionOf(originalFromMoved: Matrix4): Motion {
  const linear = linearPart(invertAffine(originalFromMoved, 'The transform'))
  const isMirror = determinant3(linear) < 0
  const rotation = nearestRotation(multiply3(linear, diagonal3(isMirror ? -1 : 1, 1, 1)))
  return {
    kind: kindOf(originalFromMoved),
    isMirror,
    rotationDeg: toDegrees(rotationAngleRad(rotation)),
    stretches: singularValues3(linear).singularValues,
  }
}

function kindOf(originalFromMoved: Matrix4): Motion['kind'] {
  if (maxDifference(originalFromMoved, identity4) === 0) return 'identity'
  const linear = linearPart(originalFromMoved)
  if (maxDifference(multiply3(transpose3(linear), linear), identity3) > rounding) return 'affine'
  if (determinant3(linear) < 0) return 'mirror'
  return maxDifference(linear, identity3) === 0 ? 'translation' : 'rigid'
}
