import { addEquations, type ParameterEquations } from './parameter-equations.js'

/** An X-ray and a DRR of the same size, and how each changes with the parameters; row-major planes. */
export interface ComparedPictures {
  readonly width: number
  readonly height: number
  readonly valid: Uint8Array
  readonly xray: Float32Array
  readonly drr: Float32Array
  /** Derivatives of the DRR; these parameters come first. */
  readonly drrColumns: readonly Float32Array[]
  /** Derivatives of the X-ray, for parameters that change its intensities. */
  readonly xrayColumns: readonly Float32Array[]
}

/** Share of a window's pixels that must be valid. */
const minWindowFraction = 0.6
/** A local window counts by half where the X-ray's variance in it is (this * standard deviation of the whole)^2. */
const textureFraction = 0.1
/** Epsilon of a local window: (this * standard deviation of the whole picture)^2. */
const epsilonFraction = 0.02

/**
 * The loss 1 - NCC, averaged over square windows side by side, with Gauss-Newton equations for parameters of both
 * pictures: each picture is standardised in its window, and the loss is half their mean square difference. Windows count
 * by their texture in the X-ray: where there is hardly any, epsilon would reward a DRR merely for having more.
 * @param windowPixels edge of a window; 0: one over the whole picture
 */
export function correlationEquations(pictures: ComparedPictures, windowPixels: number): ParameterEquations {
  const { width, height, drrColumns, xrayColumns } = pictures
  const planes = [...drrColumns, ...xrayColumns, pictures.xray, pictures.drr]
  const edge = windowPixels === 0 ? Math.max(width, height) : windowPixels
  const whole = moments(pictures.valid, planes, width, [0, 0, width, height])
  const size = planes.length - 2
  const epsilon = (plane: number) =>
    (windowPixels === 0 ? 1e-9 : epsilonFraction ** 2) * covarianceOf(whole, plane, plane)
  const epsilons = { xray: epsilon(size), drr: epsilon(size + 1) }
  const enoughTexture = windowPixels === 0 ? 0 : textureFraction ** 2 * covarianceOf(whole, size, size)
  const parts: { weight: number; equations: ParameterEquations }[] = []
  for (let top = 0; top === 0 || top + edge <= height; top += edge) {
    for (let left = 0; left === 0 || left + edge <= width; left += edge) {
      const right = Math.min(width, left + edge)
      const bottom = Math.min(height, top + edge)
      const window =
        windowPixels === 0 ? whole : moments(pictures.valid, planes, width, [left, top, right, bottom])
      const enough = windowPixels === 0 ? 2 : minWindowFraction * edge * edge
      if (window.count < enough) continue
      const texture = covarianceOf(window, size, size)
      const weight = texture > 0 ? texture / (texture + enoughTexture) : 0
      const equations = windowEquations(window, drrColumns.length, size, epsilons)
      if (weight > 0) parts.push({ weight, equations })
    }
  }
  if (parts.length === 0)
    return { loss: 1, gradient: new Float64Array(size), hessian: new Float64Array(size * size) }
  const total = parts.reduce((sum, { weight }) => sum + weight, 0)
  return addEquations(parts.map((part) => ({ ...part, weight: part.weight / total })))
}

interface Moments {
  readonly count: number
  readonly planes: number
  readonly sums: Float64Array
  readonly products: Float64Array
}

function moments(
  valid: Uint8Array,
  planes: readonly Float32Array[],
  width: number,
  [left, top, right, bottom]: readonly [number, number, number, number],
): Moments {
  const size = planes.length
  const sums = new Float64Array(size)
  const products = new Float64Array(size * size)
  const values = new Float64Array(size)
  let count = 0
  for (let v = top; v < bottom; v++) {
    for (let n = v * width + left; n < v * width + right; n++) {
      if (valid[n] === 0) continue
      count++
      for (let p = 0; p < size; p++) {
        const value = planes[p][n]
        values[p] = value
        sums[p] += value
        for (let q = 0; q <= p; q++) products[p * size + q] += value * values[q]
      }
    }
  }
  return { count, planes: size, sums, products }
}

function covarianceOf({ count, planes, sums, products }: Moments, p: number, q: number): number {
  const product = p >= q ? products[p * planes + q] : products[q * planes + p]
  return product / count - (sums[p] / count) * (sums[q] / count)
}

function windowEquations(
  window: Moments,
  drrParameters: number,
  size: number,
  epsilons: { readonly xray: number; readonly drr: number },
): ParameterEquations {
  const [a, b] = [size, size + 1]
  const covariance = (p: number, q: number) => covarianceOf(window, p, q)
  const varianceA = covariance(a, a) + epsilons.xray
  const varianceB = covariance(b, b) + epsilons.drr
  const gradient = new Float64Array(size)
  const hessian = new Float64Array(size * size)
  if (!(varianceA > 0) || !(varianceB > 0)) return { loss: 1, gradient, hessian }
  const scale = Math.sqrt(varianceA * varianceB)
  const rho = covariance(a, b) / scale
  const ofA = Array.from({ length: size }, (_, p) => covariance(a, p))
  const ofB = Array.from({ length: size }, (_, p) => covariance(b, p))
  const isDrr = (p: number) => p < drrParameters
  for (let p = 0; p < size; p++) {
    gradient[p] = isDrr(p)
      ? -(ofA[p] / scale - (rho * ofB[p]) / varianceB)
      : -(ofB[p] / scale - (rho * ofA[p]) / varianceA)
    for (let q = 0; q <= p; q++) {
      const both = covariance(p, q)
      let curvature: number
      if (isDrr(p)) curvature = (both - (ofB[p] * ofB[q]) / varianceB) / varianceB
      else if (!isDrr(q)) curvature = (both - (ofA[p] * ofA[q]) / varianceA) / varianceA
      else
        curvature =
          -(
            both -
            (ofA[p] * ofA[q]) / varianceA -
            (ofB[p] * ofB[q]) / varianceB +
            (ofA[p] * ofB[q] * rho) / scale
          ) / scale
      hessian[p * size + q] = hessian[q * size + p] = curvature
    }
  }
  return { loss: 1 - rho, gradient, hessian }
}
