import { multiply, reduceMean, subtract } from '../operators.js'
import { type GraphBuilder } from '../graph-builder.js'
import { type Tensor } from '../tensor.js'

/** From the gradient to standardised rows (`standardiseRows`) to that to the rows themselves. */
export function standardisationGradient(
  graph: GraphBuilder,
  gradient: Tensor,
  standardised: Tensor,
  inverseDeviation: Tensor,
): Tensor {
  const axes = [gradient.shape.length - 1]
  const mean = reduceMean(graph, gradient, axes)
  const slope = reduceMean(graph, multiply(graph, gradient, standardised), axes)
  const rest = subtract(graph, subtract(graph, gradient, mean), multiply(graph, standardised, slope))
  return multiply(graph, rest, inverseDeviation)
}
