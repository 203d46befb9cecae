import { averagePool, multiply, repeatPixels } from '../operators.js'
import { type Tape } from '../tape.js'
import { type Tensor } from '../tensor.js'

/** Twice the size along each spatial axis of x [batch, channels, ...spatial], each pixel repeated. */
export function nearestUpsampling(tape: Tape, x: Tensor): Tensor {
  const { graph } = tape
  return tape.record(repeatPixels(graph, x, 2), [x], (gradient) => {
    const spatial = x.shape.slice(2)
    const twos = spatial.map(() => 2)
    const means = averagePool(graph, gradient, { kernel: twos, strides: twos, padding: spatial.map(() => 0) })
    tape.accumulate(x, multiply(graph, means, graph.constant([2 ** spatial.length])))
  })
}
