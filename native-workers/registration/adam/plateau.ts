export interface PlateauOptions {
  /** Iterations without improvement that are borne before the rate is lowered. */
  readonly patience: number
  /** Share by which a value must exceed the best one to count as better. */
  readonly threshold: number
  readonly factor: number
}

/** The `ReduceLROnPlateau` that xvr uses: lowers the learning rates when a value to be maximised stops rising. */
export class PlateauSchedule {
  /** What the rates are multiplied by now. */
  factor = 1
  /** How often they were lowered. */
  reductions = 0
  #best = -Infinity
  #bad = 0

  constructor(private readonly options: PlateauOptions) {}

  /** Takes the value of one more iteration. */
  record(value: number): void {
    const { patience, threshold, factor } = this.options
    // As the original: relative to the best value itself, so that the bar lies below a negative one.
    if (value > this.#best * (this.#best < 0 ? 1 - threshold : 1 + threshold)) {
      this.#best = value
      this.#bad = 0
      return
    }
    this.#bad++
    if (this.#bad <= patience) return
    this.#bad = 0
    this.factor *= factor
    this.reductions++
  }
}
