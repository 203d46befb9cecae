/** A loss with its derivative and Gauss-Newton Hessian with respect to any number of parameters. */
export interface ParameterEquations {
  readonly loss: number
  readonly gradient: Float64Array
  /** Row-major, symmetric. */
  readonly hessian: Float64Array
}

/** The sum of parts over the same parameters, each times its weight. */
export function addEquations(
  parts: readonly { readonly weight: number; readonly equations: ParameterEquations }[],
): ParameterEquations {
  const [first] = parts
  const gradient = new Float64Array(first.equations.gradient.length)
  const hessian = new Float64Array(first.equations.hessian.length)
  let loss = 0
  for (const { weight, equations } of parts) {
    loss += weight * equations.loss
    for (let n = 0; n < gradient.length; n++) gradient[n] += weight * equations.gradient[n]
    for (let n = 0; n < hessian.length; n++) hessian[n] += weight * equations.hessian[n]
  }
  return { loss, gradient, hessian }
}

/** The same equations among `count` parameters; `positions` tells which of them each parameter is. */
export function placeEquations(
  { loss, gradient, hessian }: ParameterEquations,
  positions: readonly number[],
  count: number,
): ParameterEquations {
  const size = positions.length
  const placed = {
    loss,
    gradient: new Float64Array(count),
    hessian: new Float64Array(count * count),
  }
  for (let p = 0; p < size; p++) {
    placed.gradient[positions[p]] = gradient[p]
    for (let q = 0; q < size; q++) placed.hessian[positions[p] * count + positions[q]] = hessian[p * size + q]
  }
  return placed
}
