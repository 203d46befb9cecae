/** Lets one call through per interval of `intervalMs`; `now` is a clock in milliseconds. */
export class Throttle {
  private lastMs = Number.NEGATIVE_INFINITY

  constructor(
    private readonly intervalMs: number,
    private readonly now: () => number,
  ) {}

  /** True when the interval has passed, or always with `force`; either way the interval starts anew. */
  passes(force = false): boolean {
    const nowMs = this.now()
    if (!force && nowMs - this.lastMs < this.intervalMs) return false
    this.lastMs = nowMs
    return true
  }
}
