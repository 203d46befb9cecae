import { multiply, reduceMean } from '../operators.js'
import { type Tape } from '../tape.js'
import { elementCount, type Tensor } from '../tensor.js'

/** Mean over all spatial axes; x [batch, channels, ...spatial], gives [batch, channels]. */
export function globalAveragePooling(tape: Tape, x: Tensor): Tensor {
  const { graph } = tape
  const [batch, channels, ...spatial] = x.shape
  const axes = spatial.map((_, n) => n + 2)
  const y = reduceMean(graph, x, axes, false)
  return tape.record(y, [x], (gradient) => {
    const share = multiply(graph, gradient, graph.constant([1 / elementCount(spatial)]))
    const narrow = graph.node(
      'Reshape',
      [share, graph.integers([batch, channels, ...spatial.map(() => 1)])],
      [batch, channels, ...spatial.map(() => 1)],
    )
    tape.accumulate(x, graph.node('Expand', [narrow, graph.integers(x.shape)], x.shape))
  })
}
