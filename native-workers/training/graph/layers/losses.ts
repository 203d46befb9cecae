import { abs, greater, multiply, reduceMean, reshape, sign, subtract, where } from '../operators.js'
import { type GraphBuilder } from '../graph-builder.js'
import { type Tape } from '../tape.js'
import { elementCount, type Tensor } from '../tensor.js'

/** What one element adds to a loss, and the slope of that, for a difference (output - target). */
type ElementLoss = (
  graph: GraphBuilder,
  difference: Tensor,
) => { readonly value: Tensor; readonly slope: () => Tensor }

/** Mean over all elements, [1], differentiated to the outputs and to the targets. */
function meanLoss(tape: Tape, outputs: Tensor, targets: Tensor, loss: ElementLoss): Tensor {
  if (outputs.shape.join() !== targets.shape.join()) throw new Error('Outputs and targets differ in shape.')
  const { graph } = tape
  const { value, slope } = loss(graph, subtract(graph, outputs, targets))
  const mean = reduceMean(graph, value, [...value.shape.keys()], false)
  return tape.record(reshape(graph, mean, [1]), [outputs, targets], (gradient) => {
    const share = multiply(graph, gradient, graph.constant([1 / elementCount(outputs.shape)]))
    const change = multiply(graph, slope(), share)
    tape.accumulate(outputs, change)
    if (tape.needsGradient(targets)) {
      tape.accumulate(targets, multiply(graph, change, graph.constant([-1])))
    }
  })
}

export const meanSquaredError = (tape: Tape, outputs: Tensor, targets: Tensor): Tensor =>
  meanLoss(tape, outputs, targets, (graph, difference) => ({
    value: multiply(graph, difference, difference),
    slope: () => multiply(graph, difference, graph.constant([2])),
  }))

export const meanAbsoluteError = (tape: Tape, outputs: Tensor, targets: Tensor): Tensor =>
  meanLoss(tape, outputs, targets, (graph, difference) => ({
    value: abs(graph, difference),
    slope: () => sign(graph, difference),
  }))

/** d^2 / (2 knee) up to the knee, |d| - knee / 2 beyond it, as PyTorch's `smooth_l1_loss`. */
export const smoothAbsoluteError = (tape: Tape, outputs: Tensor, targets: Tensor, knee = 1): Tensor =>
  meanLoss(tape, outputs, targets, (graph, difference) => {
    const size = abs(graph, difference)
    const isFar = greater(graph, size, graph.constant([knee]))
    const far = subtract(graph, size, graph.constant([knee / 2]))
    const scaled = multiply(graph, difference, graph.constant([1 / knee]))
    const near = multiply(graph, multiply(graph, difference, scaled), graph.constant([0.5]))
    return {
      value: where(graph, isFar, far, near),
      slope: () => where(graph, isFar, sign(graph, difference), scaled),
    }
  })
