import {
  add as addOperator,
  concatenate as concatenateOperator,
  multiply as multiplyOperator,
  reshape as reshapeOperator,
  slice,
} from '../operators.js'
import { type Tape } from '../tape.js'
import { type Tensor } from '../tensor.js'

/** Sum of two tensors of one shape: a residual connection. */
export function add(tape: Tape, a: Tensor, b: Tensor): Tensor {
  if (a.shape.join() !== b.shape.join()) throw new Error('A residual connection needs equal shapes.')
  return tape.record(addOperator(tape.graph, a, b), [a, b], (gradient) => {
    tape.accumulate(a, gradient)
    tape.accumulate(b, gradient)
  })
}

/** x times a constant. */
export function scaled(tape: Tape, x: Tensor, factor: number): Tensor {
  const constant = tape.graph.constant([factor])
  return tape.record(multiplyOperator(tape.graph, x, constant), [x], (gradient) => {
    tape.accumulate(x, multiplyOperator(tape.graph, gradient, constant))
  })
}

export function reshape(tape: Tape, x: Tensor, shape: readonly number[]): Tensor {
  return tape.record(reshapeOperator(tape.graph, x, shape), [x], (gradient) => {
    tape.accumulate(x, reshapeOperator(tape.graph, gradient, x.shape))
  })
}

/** Joins tensors along an axis, as the skip connections of a U-Net do. */
export function concatenate(tape: Tape, parts: readonly Tensor[], axis: number): Tensor {
  return tape.record(concatenateOperator(tape.graph, parts, axis), parts, (gradient) => {
    let start = 0
    for (const part of parts) {
      const end = start + part.shape[axis]
      tape.accumulate(
        part,
        slice(tape.graph, gradient, { axes: [axis], starts: [start], ends: [end], steps: [1] }),
      )
      start = end
    }
  })
}
