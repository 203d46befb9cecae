import { UserError } from '../../contract/errors.js'
import { type Matrix3, type Vector3 } from '../../contract/matrix.js'
import { cross, dot, normalized, scale, subtract } from '../matrix.js'
import { nearestRotation } from '../rigid.js'

/** rotation_6d (Zhou et al. 2019): the first two rows, made perpendicular by Gram-Schmidt. */
export function rotationFromTwoRows(components: readonly number[]): Matrix3 {
  const [first, second] = rowsOfThree(components, 2)
  const x = normalized(first)
  const y = normalized(subtract(second, scale(x, dot(x, second))))
  return [x, y, cross(x, y)]
}

export const twoRowsFromRotation = (rotation: Matrix3): readonly number[] => [...rotation[0], ...rotation[1]]

/** rotation_9d (Levinson et al. 2020): all rows, replaced by the nearest rotation. */
export function rotationFromNineNumbers(components: readonly number[]): Matrix3 {
  const [first, second, third] = rowsOfThree(components, 3)
  return nearestRotation([first, second, third])
}

export const nineNumbersFromRotation = (rotation: Matrix3): readonly number[] => rotation.flat()

function rowsOfThree(components: readonly number[], rows: number): Vector3[] {
  if (components.length !== 3 * rows) {
    throw new UserError(
      'input-invalid',
      `A rotation of this form has ${String(3 * rows)} numbers, not ${String(components.length)}.`,
    )
  }
  return Array.from({ length: rows }, (_, r) => [
    components[3 * r],
    components[3 * r + 1],
    components[3 * r + 2],
  ])
}
