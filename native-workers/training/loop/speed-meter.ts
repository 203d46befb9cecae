/** Weight of the newest iteration in the running mean. */
const newestWeight = 0.05

/** Time over all runs of a training, and how fast the present one goes. */
export class SpeedMeter {
  readonly #startedMs: number
  #lastMs: number
  #meanMs: number | null = null

  /** @param earlierMs what runs before this one took */
  constructor(
    private readonly earlierMs: number,
    private readonly now: () => number,
  ) {
    this.#startedMs = now()
    this.#lastMs = this.#startedMs
  }

  get elapsedMs(): number {
    return this.earlierMs + this.now() - this.#startedMs
  }

  /** To be told of every iteration; the first is slower than the others and does not count. */
  tick(): void {
    const nowMs = this.now()
    const tookMs = nowMs - this.#lastMs
    this.#lastMs = nowMs
    if (this.#meanMs === null) this.#meanMs = NaN
    else if (Number.isNaN(this.#meanMs)) this.#meanMs = tookMs
    else this.#meanMs += newestWeight * (tookMs - this.#meanMs)
  }

  /** What follows is no part of an iteration. */
  skip(): void {
    this.#lastMs = this.now()
  }

  /** Mean time of an iteration; null until it is known. */
  get iterationMs(): number | null {
    return this.#meanMs === null || Number.isNaN(this.#meanMs) ? null : this.#meanMs
  }
}
