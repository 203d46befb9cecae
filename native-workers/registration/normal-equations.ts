/**
 * A loss, its derivative and its Gauss-Newton Hessian with respect to a twist of the volume: rotation vector (rad, 3)
 * then translation (mm, 3), in the axes of the twist.
 */
export interface NormalEquations {
  readonly loss: number
  readonly gradient: Float64Array
  /** 6 x 6, row-major, symmetric. */
  readonly hessian: Float64Array
  /** Share of the picture's pixels that were compared. */
  readonly validFraction: number
}

/** The mean of the views' equations. */
export function averageEquations(views: readonly NormalEquations[]): NormalEquations {
  if (views.length === 1) return views[0]
  const gradient = new Float64Array(6)
  const hessian = new Float64Array(36)
  let loss = 0
  let validFraction = 0
  for (const view of views) {
    loss += view.loss / views.length
    validFraction += view.validFraction / views.length
    for (let n = 0; n < 6; n++) gradient[n] += view.gradient[n] / views.length
    for (let n = 0; n < 36; n++) hessian[n] += view.hessian[n] / views.length
  }
  return { loss, gradient, hessian, validFraction }
}

/**
 * The step d of (H + damping * diag H) d = -gradient; null where no direction changes the loss. Scaling by the diagonal
 * makes it indifferent to the units of rotation and translation.
 */
export function dampedStep({ gradient, hessian }: NormalEquations, damping: number): Float64Array | null {
  const size = 6
  const a = Float64Array.from(hessian)
  for (let n = 0; n < size; n++) a[n * size + n] = hessian[n * size + n] * (1 + damping) + 1e-12
  const lower = new Float64Array(size * size)
  for (let r = 0; r < size; r++) {
    for (let c = 0; c <= r; c++) {
      let sum = a[r * size + c]
      for (let k = 0; k < c; k++) sum -= lower[r * size + k] * lower[c * size + k]
      if (r === c) {
        if (!(sum > 0)) return null
        lower[r * size + r] = Math.sqrt(sum)
      } else {
        lower[r * size + c] = sum / lower[c * size + c]
      }
    }
  }
  const step = new Float64Array(size)
  for (let r = 0; r < size; r++) {
    let sum = -gradient[r]
    for (let k = 0; k < r; k++) sum -= lower[r * size + k] * step[k]
    step[r] = sum / lower[r * size + r]
  }
  for (let r = size - 1; r >= 0; r--) {
    let sum = step[r]
    for (let k = r + 1; k < size; k++) sum -= lower[k * size + r] * step[k]
    step[r] = sum / lower[r * size + r]
  }
  return step.every(Number.isFinite) ? step : null
}
