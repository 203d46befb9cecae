import {
  exp,
  logSoftmax as logSoftmaxOperator,
  multiply,
  reduceSum,
  softmax as softmaxOperator,
  subtract,
} from '../operators.js'
import { type Tape } from '../tape.js'
import { type Tensor } from '../tensor.js'

/** exp(x) / sum of exp(x) over an axis. */
export function softmax(tape: Tape, x: Tensor, axis: number): Tensor {
  const { graph } = tape
  const y = softmaxOperator(graph, x, axis)
  return tape.record(y, [x], (gradient) => {
    const mean = reduceSum(graph, multiply(graph, gradient, y), [axis])
    tape.accumulate(x, multiply(graph, y, subtract(graph, gradient, mean)))
  })
}

/** The logarithm of `softmax`: minus its product with one-hot labels is the cross entropy. */
export function logSoftmax(tape: Tape, x: Tensor, axis: number): Tensor {
  const { graph } = tape
  const y = logSoftmaxOperator(graph, x, axis)
  return tape.record(y, [x], (gradient) => {
    const sum = reduceSum(graph, gradient, [axis])
    tape.accumulate(x, subtract(graph, gradient, multiply(graph, exp(graph, y), sum)))
  })
}
