import {
  add,
  multiply,
  reciprocal,
  reduceMean,
  reduceSum,
  reduceSumSquare,
  reshape,
  sqrt,
  standardiseRows,
  subtract,
  swapFirstAxes,
} from '../operators.js'
import { type GraphBuilder } from '../graph-builder.js'
import { type Tape } from '../tape.js'
import { elementCount, type Tensor } from '../tensor.js'
import { standardisationGradient } from './standardisation-gradient.js'

/** Mean and variance of each channel, [channels]. */
export interface RunningStatistics {
  readonly mean: Tensor
  readonly variance: Tensor
}

export interface BatchNormalisationOptions {
  readonly epsilon?: number
  /** The batch's share in the next running statistics. */
  readonly momentum?: number
}

/**
 * Batch normalisation (Ioffe & Szegedy 2015, arXiv 1502.03167) as it trains: by the batch's own statistics. x [batch,
 * channels, ...spatial]; scale and shift [channels]. Gives also the next running statistics, as PyTorch keeps them
 * (with the unbiased variance).
 */
export function batchNormalisation(
  tape: Tape,
  x: Tensor,
  scale: Tensor,
  shift: Tensor,
  running: RunningStatistics,
  { epsilon = 1e-5, momentum = 0.1 }: BatchNormalisationOptions = {},
): { readonly y: Tensor; readonly running: RunningStatistics } {
  const { graph } = tape
  const [batch, channels, ...spatial] = x.shape
  const count = batch * elementCount(spatial)
  if (count < 2) throw new Error('Batch normalisation needs more than one value per channel.')
  // One row per channel.
  const rowsOf = (tensor: Tensor) => reshape(graph, swapFirstAxes(graph, tensor), [channels, count])
  const picturesOf = (rows: Tensor) =>
    swapFirstAxes(graph, reshape(graph, rows, [channels, batch, ...spatial]))
  const rows = rowsOf(x)
  const { standardised, inverseDeviation } = standardiseRows(graph, rows, epsilon)
  const perRow = (tensor: Tensor) => reshape(graph, tensor, [channels, 1])
  const y = picturesOf(add(graph, multiply(graph, standardised, perRow(scale)), perRow(shift)))
  const recorded = tape.record(y, [x, scale, shift], (gradient) => {
    const dy = rowsOf(gradient)
    tape.accumulate(shift, reduceSum(graph, dy, [1], false))
    tape.accumulate(scale, reduceSum(graph, multiply(graph, dy, standardised), [1], false))
    if (!tape.needsGradient(x)) return
    const toStandardised = multiply(graph, dy, perRow(scale))
    const dx = standardisationGradient(graph, toStandardised, standardised, inverseDeviation)
    tape.accumulate(x, picturesOf(dx))
  })
  const mean = reduceMean(graph, rows, [1])
  const squares = reduceSumSquare(graph, subtract(graph, rows, mean), [1], false)
  const variance = multiply(graph, squares, graph.constant([1 / (count - 1)]))
  const next = {
    mean: mixed(graph, running.mean, reshape(graph, mean, [channels]), momentum),
    variance: mixed(graph, running.variance, variance, momentum),
  }
  return { y: recorded, running: next }
}

/** Batch normalisation as a trained network uses it: by fixed statistics, which get no gradient. */
export function fixedBatchNormalisation(
  tape: Tape,
  x: Tensor,
  scale: Tensor,
  shift: Tensor,
  { mean, variance }: RunningStatistics,
  epsilon = 1e-5,
): Tensor {
  const { graph } = tape
  const [, channels, ...spatial] = x.shape
  const perChannel = (tensor: Tensor) => reshape(graph, tensor, [1, channels, ...spatial.map(() => 1)])
  const inverse = reciprocal(graph, sqrt(graph, add(graph, variance, graph.constant([epsilon]))))
  const standardised = multiply(graph, subtract(graph, x, perChannel(mean)), perChannel(inverse))
  const y = add(graph, multiply(graph, standardised, perChannel(scale)), perChannel(shift))
  return tape.record(y, [x, scale, shift], (gradient) => {
    const axes = [0, ...spatial.map((_, n) => n + 2)]
    tape.accumulate(shift, reduceSum(graph, gradient, axes, false))
    tape.accumulate(scale, reduceSum(graph, multiply(graph, gradient, standardised), axes, false))
    const factor = perChannel(multiply(graph, scale, inverse))
    if (tape.needsGradient(x)) tape.accumulate(x, multiply(graph, gradient, factor))
  })
}

function mixed(graph: GraphBuilder, old: Tensor, fresh: Tensor, share: number): Tensor {
  return add(
    graph,
    multiply(graph, old, graph.constant([1 - share])),
    multiply(graph, fresh, graph.constant([share])),
  )
}
