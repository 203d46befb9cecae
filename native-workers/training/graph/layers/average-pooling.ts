import { averagePool, convolveTransposed, multiply, reduceMean, reshape, type Window } from '../operators.js'
import { type Tape } from '../tape.js'
import { elementCount, type Tensor } from '../tensor.js'

/** Mean over windows of x [batch, channels, ...spatial], alike along each spatial axis; zeros at the margins count. */
export function averagePooling(
  tape: Tape,
  x: Tensor,
  { size, stride, padding = 0 }: { size: number; stride: number; padding?: number },
): Tensor {
  const { graph } = tape
  const [batch, channels, ...spatial] = x.shape
  const every = (value: number) => spatial.map(() => value)
  const window: Window = { kernel: every(size), strides: every(stride), padding: every(padding) }
  const y = averagePool(graph, x, window)
  return tape.record(y, [x], (gradient) => {
    const maps = batch * channels
    const places = size ** spatial.length
    const shares = graph.constant(new Array<number>(places).fill(1 / places), [1, 1, ...window.kernel])
    const each = reshape(graph, gradient, [maps, 1, ...y.shape.slice(2)])
    const spread = convolveTransposed(graph, each, shares, window, spatial)
    tape.accumulate(x, reshape(graph, spread, x.shape))
  })
}

/** Mean over all spatial axes; x [batch, channels, ...spatial], gives [batch, channels]. */
export function globalAveragePooling(tape: Tape, x: Tensor): Tensor {
  const { graph } = tape
  const [batch, channels, ...spatial] = x.shape
  const axes = spatial.map((_, n) => n + 2)
  const y = reduceMean(graph, x, axes, false)
  return tape.record(y, [x], (gradient) => {
    const share = multiply(graph, gradient, graph.constant([1 / elementCount(spatial)]))
    const narrow = reshape(graph, share, [batch, channels, ...spatial.map(() => 1)])
    tape.accumulate(x, graph.node('Expand', [narrow, graph.integers(x.shape)], x.shape))
  })
}
