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
  const sum = weightedEquations(views.map((equations) => ({ weight: 1 / views.length, equations })))
  const validFraction = views.reduce((total, view) => total + view.validFraction / views.length, 0)
  return { ...sum, validFraction }
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

/** Entries of the kernel's sums per window: loss, gradient, lower triangle of the Hessian, number of windows. */
export const windowSumsEntries = { loss: 0, gradient: 1, hessian: 7, windows: 28 } as const

/**
 * The mean over a channel's windows. The kernel differentiates to a motion of the camera, and the volume moves the
 * other way, hence the sign. Without a single usable window the pictures count as wholly unlike.
 */
export function equationsFromWindow(sums: ArrayLike<number>, validFraction: number): NormalEquations {
  const gradient = new Float64Array(6)
  const hessian = new Float64Array(36)
  const windows = sums[windowSumsEntries.windows]
  if (windows === 0) return { loss: 1, gradient, hessian, validFraction }
  for (let n = 0; n < 6; n++) gradient[n] = -sums[windowSumsEntries.gradient + n] / windows
  let entry: number = windowSumsEntries.hessian
  for (let p = 0; p < 6; p++) {
    for (let q = 0; q <= p; q++) {
      hessian[p * 6 + q] = hessian[q * 6 + p] = sums[entry] / windows
      entry++
    }
  }
  return { loss: sums[windowSumsEntries.loss] / windows, gradient, hessian, validFraction }
}

/** The sum of channels' equations, each times its weight. */
export function weightedEquations(
  parts: readonly { readonly weight: number; readonly equations: NormalEquations }[],
): NormalEquations {
  const gradient = new Float64Array(6)
  const hessian = new Float64Array(36)
  let loss = 0
  for (const { weight, equations } of parts) {
    loss += weight * equations.loss
    for (let n = 0; n < 6; n++) gradient[n] += weight * equations.gradient[n]
    for (let n = 0; n < 36; n++) hessian[n] += weight * equations.hessian[n]
  }
  return { loss, gradient, hessian, validFraction: parts[0].equations.validFraction }
}

const enoughPixels = 0.2

/** A pose that leaves little to compare may agree by chance. */
export function penalisedLoss({ loss, validFraction }: NormalEquations): number {
  return validFraction >= enoughPixels ? loss : loss + (1 - validFraction / enoughPixels)
}
