import {
  concatenate,
  convolveTransposed,
  equal,
  maxPool,
  padSpatial,
  reshape,
  where,
  type Window,
} from '../operators.js'
import { type Tape } from '../tape.js'
import { type Tensor } from '../tensor.js'
import { windowViews } from './window-views.js'

const lowest = -3e38

/**
 * Maximum over windows of x [batch, channels, ...spatial], alike along each spatial axis. Where several pixels of a
 * window share the maximum, each gets the window's gradient.
 */
export function maxPooling(
  tape: Tape,
  x: Tensor,
  { size, stride, padding = 0 }: { size: number; stride: number; padding?: number },
): Tensor {
  const { graph } = tape
  const [batch, channels, ...spatial] = x.shape
  const every = (value: number) => spatial.map(() => value)
  const window: Window = { kernel: every(size), strides: every(stride), padding: every(padding) }
  const y = maxPool(graph, x, window)
  return tape.record(y, [x], (gradient) => {
    const pooled = y.shape.slice(2)
    const maps = batch * channels
    const padded = padSpatial(graph, x, window.padding, window.padding, lowest)
    const zero = graph.constant([0])
    const places = size ** spatial.length
    const parts = windowViews(graph, padded, window, pooled).map((seen) =>
      reshape(graph, where(graph, equal(graph, seen, y), gradient, zero), [maps, 1, ...pooled]),
    )
    // Each part goes back to its place in the window: the adjoint of picking it.
    const picks = Array.from({ length: places ** 2 }, (_, n) => (n % (places + 1) === 0 ? 1 : 0))
    const scattered = convolveTransposed(
      graph,
      concatenate(graph, parts, 1),
      graph.constant(picks, [places, 1, ...window.kernel]),
      window,
      spatial,
    )
    tape.accumulate(x, reshape(graph, scattered, x.shape))
  })
}
