import { add, multiply, reduceSum, reshape, standardiseRows } from '../operators.js'
import { type Tape } from '../tape.js'
import { elementCount, type Tensor } from '../tensor.js'

export interface GroupNormalisationOptions {
  /** Must divide the channels; as many as there are channels is instance normalisation, 1 is layer normalisation. */
  readonly groups: number
  readonly epsilon?: number
}

/**
 * Group normalisation (Wu & He 2018, doi 10.1007/978-3-030-01261-8_1). x [batch, channels, ...spatial]; scale and
 * shift [channels].
 */
export function groupNormalisation(
  tape: Tape,
  x: Tensor,
  scale: Tensor,
  shift: Tensor,
  { groups, epsilon = 1e-5 }: GroupNormalisationOptions,
): Tensor {
  const { graph } = tape
  const [batch, channels, ...spatial] = x.shape
  const pixels = elementCount(spatial)
  if (channels % groups !== 0) throw new Error(`${channels} channels do not form ${groups} groups.`)
  const perGroup = channels / groups
  const { standardised: rows, inverseDeviation } = standardiseRows(
    graph,
    reshape(graph, x, [batch, groups, perGroup * pixels]),
    epsilon,
  )
  const standardised = reshape(graph, rows, [batch, channels, pixels])
  const perChannel = (tensor: Tensor) => reshape(graph, tensor, [1, channels, 1])
  const scaled = add(graph, multiply(graph, standardised, perChannel(scale)), perChannel(shift))
  const y = reshape(graph, scaled, x.shape)
  return tape.record(y, [x, scale, shift], (gradient) => {
    const dy = reshape(graph, gradient, [batch, channels, pixels])
    // Sums per sample and channel; all else that is reduced is made from these few numbers.
    const sum = reduceSum(graph, dy, [2])
    const sumWithStandardised = reduceSum(graph, multiply(graph, dy, standardised), [2])
    tape.accumulate(shift, reshape(graph, reduceSum(graph, sum, [0]), [channels]))
    tape.accumulate(scale, reshape(graph, reduceSum(graph, sumWithStandardised, [0]), [channels]))
    if (!tape.needsGradient(x)) return
    const perGroupShape = [batch, groups, perGroup, 1]
    const negativeMean = graph.constant([-1 / (perGroup * pixels)])
    const inverse = reshape(graph, inverseDeviation, [batch, groups, 1, 1])
    const groupTerm = (sums: Tensor): Tensor => {
      const weighted = multiply(graph, reshape(graph, sums, perGroupShape), reshapedScale)
      const mean = multiply(graph, reduceSum(graph, weighted, [2]), negativeMean)
      return multiply(graph, mean, inverse)
    }
    const reshapedScale = reshape(graph, scale, [1, groups, perGroup, 1])
    const offset = groupTerm(sum)
    const slope = groupTerm(sumWithStandardised)
    const factor = multiply(graph, reshapedScale, inverse)
    const grouped = (tensor: Tensor) => reshape(graph, tensor, [batch, groups, perGroup, pixels])
    const dx = add(
      graph,
      add(graph, multiply(graph, grouped(dy), factor), multiply(graph, grouped(standardised), slope)),
      offset,
    )
    tape.accumulate(x, reshape(graph, dx, x.shape))
  })
}
