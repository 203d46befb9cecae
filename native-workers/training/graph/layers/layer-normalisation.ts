import { add, multiply, reduceSum, standardiseRows } from '../operators.js'
import { type Tape } from '../tape.js'
import { type Tensor } from '../tensor.js'
import { standardisationGradient } from './standardisation-gradient.js'

/** Layer normalisation (Ba et al. 2016, arXiv 1607.06450) of the last axis; scale and shift have its size. */
export function layerNormalisation(
  tape: Tape,
  x: Tensor,
  scale: Tensor,
  shift: Tensor,
  epsilon = 1e-5,
): Tensor {
  const { graph } = tape
  const { standardised, inverseDeviation } = standardiseRows(graph, x, epsilon)
  const y = add(graph, multiply(graph, standardised, scale), shift)
  return tape.record(y, [x, scale, shift], (gradient) => {
    const others = [...x.shape.keys()].slice(0, -1)
    tape.accumulate(shift, reduceSum(graph, gradient, others, false))
    tape.accumulate(scale, reduceSum(graph, multiply(graph, gradient, standardised), others, false))
    if (!tape.needsGradient(x)) return
    const toStandardised = multiply(graph, gradient, scale)
    tape.accumulate(x, standardisationGradient(graph, toStandardised, standardised, inverseDeviation))
  })
}
