import { symmetricEigen } from '../../geometry/symmetric-eigen.js'
import { type NormalEquations } from '../normal-equations.js'

/** A rotation is weighed by how far it moves a point this far from the centre. */
const leverMm = 60

const directionNames = [
  'rotation about the columns’ direction of X-ray 1',
  'rotation about the rows’ direction of X-ray 1',
  'rotation about the view of X-ray 1',
  'along the columns of X-ray 1',
  'along the rows of X-ray 1',
  'depth (along the view of X-ray 1)',
] as const

/** The direction in which the loss rises least: the main component of the Hessian's weakest eigenvector. */
export function weakestDirection({ hessian }: NormalEquations): string | null {
  const scale = (n: number) => (n < 3 ? 1 / leverMm : 1)
  const rows = Array.from({ length: 6 }, (_, r) =>
    Array.from({ length: 6 }, (_unused, c) => hessian[r * 6 + c] * scale(r) * scale(c)),
  )
  if (!rows.flat().every(Number.isFinite)) return null
  const { values, vectors } = symmetricEigen(rows)
  const weakest = values.indexOf(Math.min(...values))
  const components = vectors[weakest].map(Math.abs)
  return directionNames[components.indexOf(Math.max(...components))]
}
