import { type Vector3 } from '../../contract/matrix.js'
import { shapeFromPhantom, type Solid } from './solid.js'

/** Stretches of a ray, in order, each inside one winning solid; read `count` entries. */
export interface Stretches {
  count: number
  readonly startMm: Float64Array
  readonly endMm: Float64Array
  /** Index of the solid with the highest rank. */
  readonly solid: Int32Array
}

/**
 * Cuts rays at the exact surfaces of the phantom's solids. All shapes are convex, so each gives one interval; where
 * intervals overlap the highest rank wins. Buffers are reused between rays, hence a class.
 */
export class RayCaster {
  private readonly maps: Float64Array
  private readonly isCylinder: Uint8Array
  private readonly ranks: Int32Array
  private readonly from: Float64Array
  private readonly to: Float64Array
  private readonly hit: Int32Array
  private readonly cuts: Float64Array
  private readonly stretches: Stretches

  constructor(solids: readonly Solid[]) {
    const count = solids.length
    this.maps = Float64Array.from(
      solids.flatMap((solid) =>
        shapeFromPhantom(solid)
          .slice(0, 3)
          .flatMap((row) => [...row]),
      ),
    )
    this.isCylinder = Uint8Array.from(solids, ({ kind }) => (kind === 'cylinder' ? 1 : 0))
    this.ranks = Int32Array.from(solids, ({ rank }) => rank)
    this.from = new Float64Array(count)
    this.to = new Float64Array(count)
    this.hit = new Int32Array(count)
    this.cuts = new Float64Array(2 * count)
    this.stretches = {
      count: 0,
      startMm: new Float64Array(2 * count),
      endMm: new Float64Array(2 * count),
      solid: new Int32Array(2 * count),
    }
  }

  /**
   * @param origin phantom mm
   * @param direction unit vector, so that places along the ray are millimetres
   * @param candidates indices of the solids that the ray may meet
   */
  cast(origin: Vector3, direction: Vector3, candidates: ArrayLike<number>): Stretches {
    let hits = 0
    for (let c = 0; c < candidates.length; c++) {
      if (this.intersect(candidates[c], origin, direction, hits)) hits++
    }
    for (let h = 0; h < hits; h++) {
      this.insertCut(2 * h, this.from[h])
      this.insertCut(2 * h + 1, this.to[h])
    }
    return this.collect(hits)
  }

  /** Stores the ray's interval inside one solid at `slot`; false where it misses. */
  private intersect(solid: number, o: Vector3, d: Vector3, slot: number): boolean {
    const m = this.maps
    const base = 12 * solid
    const ox = m[base] * o[0] + m[base + 1] * o[1] + m[base + 2] * o[2] + m[base + 3]
    const oy = m[base + 4] * o[0] + m[base + 5] * o[1] + m[base + 6] * o[2] + m[base + 7]
    const oz = m[base + 8] * o[0] + m[base + 9] * o[1] + m[base + 10] * o[2] + m[base + 11]
    const dx = m[base] * d[0] + m[base + 1] * d[1] + m[base + 2] * d[2]
    const dy = m[base + 4] * d[0] + m[base + 5] * d[1] + m[base + 6] * d[2]
    const dz = m[base + 8] * d[0] + m[base + 9] * d[1] + m[base + 10] * d[2]
    const cylinder = this.isCylinder[solid] === 1
    const a = dx * dx + dy * dy + (cylinder ? 0 : dz * dz)
    const b = ox * dx + oy * dy + (cylinder ? 0 : oz * dz)
    const c = ox * ox + oy * oy + (cylinder ? 0 : oz * oz) - 1
    let near = Number.NEGATIVE_INFINITY
    let far = Number.POSITIVE_INFINITY
    if (a > 1e-18) {
      const discriminant = b * b - a * c
      if (discriminant <= 0) return false
      const root = Math.sqrt(discriminant)
      near = (-b - root) / a
      far = (-b + root) / a
    } else if (c >= 0) return false
    if (cylinder) {
      if (dz * dz < 1e-18) {
        if (Math.abs(oz) >= 1) return false
      } else {
        const low = (-1 - oz) / dz
        const high = (1 - oz) / dz
        near = Math.max(near, Math.min(low, high))
        far = Math.min(far, Math.max(low, high))
      }
    }
    if (!(far > near)) return false
    this.from[slot] = near
    this.to[slot] = far
    this.hit[slot] = solid
    return true
  }

  private insertCut(count: number, value: number): void {
    let index = count
    for (; index > 0 && this.cuts[index - 1] > value; index--) this.cuts[index] = this.cuts[index - 1]
    this.cuts[index] = value
  }

  private collect(hits: number): Stretches {
    const out = this.stretches
    out.count = 0
    for (let cut = 0; cut + 1 < 2 * hits; cut++) {
      const start = this.cuts[cut]
      const end = this.cuts[cut + 1]
      if (!(end > start)) continue
      const winner = this.winnerAt((start + end) / 2, hits)
      if (winner < 0) continue
      out.startMm[out.count] = start
      out.endMm[out.count] = end
      out.solid[out.count] = winner
      out.count++
    }
    return out
  }

  private winnerAt(place: number, hits: number): number {
    let winner = -1
    let winningRank = -1
    for (let h = 0; h < hits; h++) {
      if (this.from[h] > place || this.to[h] < place) continue
      const rank = this.ranks[this.hit[h]]
      if (rank > winningRank) {
        winningRank = rank
        winner = this.hit[h]
      }
    }
    return winner
  }
}
