import type { LabelVoxels } from '../../labels/label-map.js'

/**
 * A change of a label map, run by run in ascending order. All voxels of a run had one label before and have one after,
 * so that an edit of millions of voxels takes a few bytes per row that it touches.
 */
export interface LabelDelta {
  readonly starts: Uint32Array<ArrayBuffer>
  readonly lengths: Uint32Array<ArrayBuffer>
  readonly before: Uint16Array<ArrayBuffer>
  readonly after: Uint16Array<ArrayBuffer>
}

const bytesPerRun = 12

export const runsOf = ({ starts }: LabelDelta): number => starts.length
export const deltaBytes = (delta: LabelDelta): number => runsOf(delta) * bytesPerRun
export const deltaVoxels = ({ lengths }: LabelDelta): number => lengths.reduce((sum, count) => sum + count, 0)

/** What undoes a delta. Shares its memory. */
export const inverted = ({ starts, lengths, before, after }: LabelDelta): LabelDelta => ({
  starts,
  lengths,
  before: after,
  after: before,
})

/** Writes runs `from` to `to - 1` of a delta; all of them unless told. */
export function applyDelta(voxels: LabelVoxels, delta: LabelDelta, from = 0, to = runsOf(delta)): void {
  const { starts, lengths, after } = delta
  for (let run = from; run < to; run++) {
    const start = starts[run] ?? 0
    const end = start + (lengths[run] ?? 0)
    const label = after[run] ?? 0
    // Most runs are short: a call of `fill` would cost more than the loop.
    for (let at = start; at < end; at++) voxels[at] = label
  }
}

const chunkRuns = 200_000
const chunkVoxels = 4_000_000

/** The run to stop before, so that writing from `from` on takes a few milliseconds. */
export function chunkEnd(delta: LabelDelta, from: number): number {
  const last = Math.min(runsOf(delta), from + chunkRuns)
  let voxels = 0
  for (let run = from; run < last; run++) {
    voxels += delta.lengths[run] ?? 0
    if (voxels > chunkVoxels) return run + 1
  }
  return last
}

/** Collects changes in ascending order of their voxels. */
export class DeltaBuilder {
  #starts = new Uint32Array(1024)
  #lengths = new Uint32Array(1024)
  #before = new Uint16Array(1024)
  #after = new Uint16Array(1024)
  #count = 0
  /** The voxel after the last run. */
  #end = -1

  /** Voxels that keep their label are left out. */
  add(index: number, before: number, after: number): void {
    if (before === after) return
    const last = this.#count - 1
    if (index === this.#end && this.#before[last] === before && this.#after[last] === after) {
      this.#lengths[last] = (this.#lengths[last] ?? 0) + 1
    } else {
      if (this.#count === this.#starts.length) this.#grow()
      this.#starts[this.#count] = index
      this.#lengths[this.#count] = 1
      this.#before[this.#count] = before
      this.#after[this.#count] = after
      this.#count++
    }
    this.#end = index + 1
  }

  build(): LabelDelta {
    return {
      starts: this.#starts.slice(0, this.#count),
      lengths: this.#lengths.slice(0, this.#count),
      before: this.#before.slice(0, this.#count),
      after: this.#after.slice(0, this.#count),
    }
  }

  #grow(): void {
    const capacity = 2 * this.#count
    this.#starts = copied(this.#starts, new Uint32Array(capacity))
    this.#lengths = copied(this.#lengths, new Uint32Array(capacity))
    this.#before = copied(this.#before, new Uint16Array(capacity))
    this.#after = copied(this.#after, new Uint16Array(capacity))
  }
}

function copied<Values extends Uint16Array | Uint32Array>(from: Values, to: Values): Values {
  to.set(from)
  return to
}
