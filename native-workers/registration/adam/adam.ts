/** Decay rates of the gradient's running moments (Kingma and Ba 2015). */
const betas = { first: 0.9, second: 0.999 } as const
const epsilon = 1e-8

/** Adam's running moments for a few parameters. */
export class Adam {
  readonly #first: Float64Array
  readonly #second: Float64Array
  #steps = 0

  constructor(parameterCount: number) {
    this.#first = new Float64Array(parameterCount)
    this.#second = new Float64Array(parameterCount)
  }

  /** The step that lowers the loss, from its gradient; each component is about its learning rate long. */
  step(gradient: ArrayLike<number>, learningRates: ArrayLike<number>): Float64Array {
    this.#steps++
    const firstBias = 1 - betas.first ** this.#steps
    const secondBias = 1 - betas.second ** this.#steps
    return this.#first.map((_, n) => {
      this.#first[n] = betas.first * this.#first[n] + (1 - betas.first) * gradient[n]
      this.#second[n] = betas.second * this.#second[n] + (1 - betas.second) * gradient[n] ** 2
      const spread = Math.sqrt(this.#second[n] / secondBias) + epsilon
      return (-learningRates[n] * this.#first[n]) / firstBias / spread
    })
  }
}
