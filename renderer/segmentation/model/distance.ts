import type { Vector3 } from '../../../native-workers/contract/matrix.js'

/**
 * Squared distance in mm of every voxel to the nearest one whose mask is `target`, voxel centre to voxel centre;
 * Infinity where there is none. Exact: lower envelopes of parabolas along each axis in turn (Felzenszwalb and
 * Huttenlocher, Distance Transforms of Sampled Functions, 2012).
 */
export function squaredDistancesMm(
  mask: Uint8Array,
  size: Vector3,
  spacingMm: Vector3,
  target: 0 | 1,
): Float32Array {
  const field = new Float32Array(mask.length)
  for (let at = 0; at < mask.length; at++) field[at] = mask[at] === target ? 0 : Infinity
  const strides: Vector3 = [1, size[0], size[0] * size[1]]
  for (const axis of [0, 1, 2] as const) {
    const line = new Line(size[axis], spacingMm[axis])
    for (let start = 0; start < field.length; start++) {
      if (Math.floor(start / strides[axis]) % size[axis] === 0) line.transform(field, start, strides[axis])
    }
  }
  return field
}

/** One row of voxels along an axis, with the memory that its transform takes. */
class Line {
  readonly #values: Float64Array
  readonly #centres: Int32Array
  readonly #bounds: Float64Array

  constructor(
    readonly count: number,
    readonly spacingMm: number,
  ) {
    this.#values = new Float64Array(count)
    this.#centres = new Int32Array(count)
    this.#bounds = new Float64Array(count + 1)
  }

  transform(field: Float32Array, start: number, stride: number): void {
    for (let q = 0; q < this.count; q++) this.#values[q] = field[start + q * stride] ?? Infinity
    const last = this.#envelope()
    if (last < 0) return
    let parabola = 0
    for (let q = 0; q < this.count; q++) {
      while (parabola < last && (this.#bounds[parabola + 1] ?? Infinity) < q) parabola++
      const centre = this.#centres[parabola] ?? 0
      const away = (q - centre) * this.spacingMm
      field[start + q * stride] = away * away + (this.#values[centre] ?? Infinity)
    }
  }

  /** The parabolas of the lower envelope in order; returns the last one's number, -1 for an empty row. */
  #envelope(): number {
    const squaredSpacing = this.spacingMm * this.spacingMm
    let last = -1
    for (let q = 0; q < this.count; q++) {
      const value = this.#values[q] ?? Infinity
      if (value === Infinity) continue
      let crossing = -Infinity
      while (last >= 0) {
        const p = this.#centres[last] ?? 0
        const heights = (value - (this.#values[p] ?? 0)) / squaredSpacing
        crossing = (heights + q * q - p * p) / (2 * (q - p))
        if (crossing > (this.#bounds[last] ?? -Infinity)) break
        last--
      }
      last++
      this.#centres[last] = q
      this.#bounds[last] = last === 0 ? -Infinity : crossing
    }
    return last
  }
}
