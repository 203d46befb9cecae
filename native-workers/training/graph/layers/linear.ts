import { gemm, reduceSum } from '../operators.js'
import { type Tape } from '../tape.js'
import { type Tensor } from '../tensor.js'

/** x weights^T + bias; x [batch, in], weights [out, in], bias [out]. */
export function linear(tape: Tape, x: Tensor, weights: Tensor, bias: Tensor): Tensor {
  const { graph } = tape
  const y = gemm(graph, x, weights, { transB: true, c: bias })
  return tape.record(y, [x, weights, bias], (gradient) => {
    if (tape.needsGradient(weights)) tape.accumulate(weights, gemm(graph, gradient, x, { transA: true }))
    if (tape.needsGradient(bias)) tape.accumulate(bias, reduceSum(graph, gradient, [0], false))
    if (tape.needsGradient(x)) tape.accumulate(x, gemm(graph, gradient, weights))
  })
}
