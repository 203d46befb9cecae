import {
  add,
  divide,
  erf,
  exp,
  greater,
  multiply,
  relu as reluOperator,
  sigmoid as sigmoidOperator,
  subtract,
  tanh as tanhOperator,
  where,
} from '../operators.js'
import { type Tape } from '../tape.js'
import { type Tensor } from '../tensor.js'

export function relu(tape: Tape, x: Tensor): Tensor {
  const { graph } = tape
  const y = reluOperator(graph, x)
  return tape.record(y, [x], (gradient) => {
    const zero = graph.constant([0])
    tape.accumulate(x, where(graph, greater(graph, y, zero), gradient, zero))
  })
}

/** x where it is positive, else slope x. */
export function leakyRelu(tape: Tape, x: Tensor, slope: number): Tensor {
  const { graph } = tape
  const isPositive = greater(graph, x, graph.constant([0]))
  const factor = where(graph, isPositive, graph.constant([1]), graph.constant([slope]))
  return tape.record(multiply(graph, x, factor), [x], (gradient) => {
    tape.accumulate(x, multiply(graph, gradient, factor))
  })
}

export function sigmoid(tape: Tape, x: Tensor): Tensor {
  const { graph } = tape
  const y = sigmoidOperator(graph, x)
  return tape.record(y, [x], (gradient) => {
    const slope = multiply(graph, y, subtract(graph, graph.constant([1]), y))
    tape.accumulate(x, multiply(graph, gradient, slope))
  })
}

export function tanh(tape: Tape, x: Tensor): Tensor {
  const { graph } = tape
  const y = tanhOperator(graph, x)
  return tape.record(y, [x], (gradient) => {
    const slope = subtract(graph, graph.constant([1]), multiply(graph, y, y))
    tape.accumulate(x, multiply(graph, gradient, slope))
  })
}

/** x sigmoid(x) (swish). */
export function silu(tape: Tape, x: Tensor): Tensor {
  const { graph } = tape
  const gate = sigmoidOperator(graph, x)
  const y = multiply(graph, x, gate)
  return tape.record(y, [x], (gradient) => {
    const one = graph.constant([1])
    const rest = multiply(graph, x, subtract(graph, one, gate))
    const slope = multiply(graph, gate, add(graph, one, rest))
    tape.accumulate(x, multiply(graph, gradient, slope))
  })
}

/** x times the normal distribution's cumulative function at x. */
export function gelu(tape: Tape, x: Tensor): Tensor {
  const { graph } = tape
  const [half, one] = [graph.constant([0.5]), graph.constant([1])]
  const cumulative = multiply(
    graph,
    add(graph, erf(graph, divide(graph, x, graph.constant([Math.SQRT2]))), one),
    half,
  )
  return tape.record(multiply(graph, x, cumulative), [x], (gradient) => {
    const square = multiply(graph, multiply(graph, x, x), graph.constant([-0.5]))
    const density = multiply(graph, exp(graph, square), graph.constant([1 / Math.sqrt(2 * Math.PI)]))
    const slope = add(graph, cumulative, multiply(graph, x, density))
    tape.accumulate(x, multiply(graph, gradient, slope))
  })
}
