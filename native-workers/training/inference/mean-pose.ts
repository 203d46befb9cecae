import { type Matrix4, type Vector3 } from '../../contract/matrix.js'
import {
  add,
  affine,
  linearPart,
  multiplyVector3,
  scale,
  subtract,
  transformPoint,
} from '../../geometry/matrix.js'
import {
  rotationFromSymmetricMatrix,
  symmetricMatrixFromRotation,
} from '../../geometry/rotations/quaternion-products.js'

/**
 * The mean of poses near one another: the rotation whose quaternion is nearest to theirs (Markley et al. 2007,
 * doi 10.2514/1.28949), and the mean of where they place one point.
 */
export function meanPose(poses: readonly Matrix4[], point: Vector3): Matrix4 {
  const products = poses.map((pose) => symmetricMatrixFromRotation(linearPart(pose)))
  const rotation = rotationFromSymmetricMatrix(
    products[0].map((_, n) => products.reduce((sum, product) => sum + product[n], 0)),
  )
  const placed = poses.map((pose) => transformPoint(pose, point)).reduce(add)
  const mean = scale(placed, 1 / poses.length)
  return affine(rotation, subtract(mean, multiplyVector3(rotation, point)))
}
