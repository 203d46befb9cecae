import { add } from './operators.js'
import { type GraphBuilder } from './graph-builder.js'
import { type Tensor } from './tensor.js'

/** Adds to the graph what hands an output's gradient on to the inputs, by `Tape.accumulate`. */
type BackwardPass = (gradient: Tensor) => void

interface Entry {
  readonly output: Tensor
  readonly inputs: readonly Tensor[]
  readonly backward: BackwardPass
}

/**
 * Remembers how a graph's values came about, and writes the way back: reverse-mode differentiation whose result is
 * nodes of the same graph. Values that no watched tensor leads to get no gradient.
 */
export class Tape {
  readonly #entries: Entry[] = []
  readonly #watched = new Set<string>()
  readonly #gradients = new Map<string, Tensor>()
  readonly #uses = new Map<string, number>()

  constructor(readonly graph: GraphBuilder) {}

  /** Gradients of this tensor are wanted. */
  watch(tensor: Tensor): Tensor {
    this.#watched.add(tensor.name)
    return tensor
  }

  needsGradient(tensor: Tensor): boolean {
    return this.#watched.has(tensor.name)
  }

  /** Notes that `output` was made from `inputs`. */
  record(output: Tensor, inputs: readonly Tensor[], backward: BackwardPass): Tensor {
    const watched = inputs.filter((input) => this.needsGradient(input))
    if (watched.length === 0) return output
    this.#watched.add(output.name)
    for (const { name } of watched) this.#uses.set(name, (this.#uses.get(name) ?? 0) + 1)
    this.#entries.push({ output, inputs: watched, backward })
    return output
  }

  accumulate(tensor: Tensor, gradient: Tensor): void {
    if (!this.needsGradient(tensor)) return
    const sofar = this.#gradients.get(tensor.name)
    this.#gradients.set(tensor.name, sofar === undefined ? gradient : add(this.graph, sofar, gradient))
  }

  /**
   * Writes the backward pass from the outputs' gradients. `onComplete` is told of each gradient as soon as nothing
   * more is added to it, so that an update can be written next to it while its numbers are in the cache.
   */
  backward(
    outputs: readonly (readonly [output: Tensor, gradient: Tensor])[],
    onComplete: (tensor: Tensor, gradient: Tensor) => void,
  ): void {
    for (const [output, gradient] of outputs) this.accumulate(output, gradient)
    for (const { output, inputs, backward } of this.#entries.toReversed()) {
      const gradient = this.#gradients.get(output.name)
      if (gradient !== undefined) backward(gradient)
      for (const input of inputs) {
        const left = (this.#uses.get(input.name) ?? 0) - 1
        this.#uses.set(input.name, left)
        const complete = this.#gradients.get(input.name)
        if (left === 0 && complete !== undefined) onComplete(input, complete)
      }
    }
  }
}
