import {
  concatenate,
  convolveTransposed,
  equal,
  maxPool,
  padSpatial,
  reshape,
  slice,
  where,
  type Window,
} from '../operators.js'
import { type Tape } from '../tape.js'
import { type Tensor } from '../tensor.js'

const lowest = -3e38

/**
 * Maximum over square windows of x [batch, channels, height, width]. Where several pixels of a window share the
 * maximum, each gets the window's gradient.
 */
export function maxPooling(
  tape: Tape,
  x: Tensor,
  { kernel, stride, padding = 0 }: { kernel: number; stride: number; padding?: number },
): Tensor {
  const { graph } = tape
  const window: Window = {
    kernel: [kernel, kernel],
    strides: [stride, stride],
    padding: [padding, padding],
  }
  const y = maxPool(graph, x, window)
  return tape.record(y, [x], (gradient) => {
    const [batch, channels, height, width] = y.shape
    const padded = padSpatial(graph, x, window.padding, window.padding, lowest)
    const zero = graph.constant([0])
    const parts: Tensor[] = []
    for (let i = 0; i < kernel; i++) {
      for (let j = 0; j < kernel; j++) {
        const seen = slice(graph, padded, {
          axes: [2, 3],
          starts: [i, j],
          ends: [i + (height - 1) * stride + 1, j + (width - 1) * stride + 1],
          steps: [stride, stride],
        })
        const part = where(graph, equal(graph, seen, y), gradient, zero)
        parts.push(reshape(graph, part, [batch * channels, 1, height, width]))
      }
    }
    // Each part goes back to its place in the window: the adjoint of picking it.
    const places = kernel * kernel
    const picks = Array.from({ length: places * places }, (_, n) => (n % (places + 1) === 0 ? 1 : 0))
    const scattered = convolveTransposed(
      graph,
      concatenate(graph, parts, 1),
      graph.constant(picks, [places, 1, kernel, kernel]),
      window,
      x.shape.slice(2),
    )
    tape.accumulate(x, reshape(graph, scattered, x.shape))
  })
}
