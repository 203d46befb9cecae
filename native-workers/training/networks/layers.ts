import { convolution } from '../graph/layers/convolution.js'
import { groupNormalisation } from '../graph/layers/group-normalisation.js'
import { linear } from '../graph/layers/linear.js'
import { type Tape } from '../graph/tape.js'
import { elementCount, type Tensor } from '../graph/tensor.js'
import { type DeclareParameter, type Initialisation } from './parameter-store.js'

/** What a network is built with: where its nodes go and where its parameters come from. */
export interface NetworkContext {
  readonly tape: Tape
  readonly parameter: DeclareParameter
}

/** A convolution without bias under PyTorch's names; weights [out, in, size, size]. */
export function convolutionLayer(
  { tape, parameter }: NetworkContext,
  name: string,
  x: Tensor,
  { channels, size, stride = 1 }: { channels: number; size: number; stride?: number },
): Tensor {
  const shape = [channels, x.shape[1], ...x.shape.slice(2).map(() => size)]
  const fanOut = channels * elementCount(shape.slice(2))
  const weights = parameter({
    name: `${name}.weight`,
    shape,
    initialisation: { kind: 'normal', deviation: Math.sqrt(2 / fanOut) },
  })
  return convolution(tape, x, weights, { stride, padding: Math.floor(size / 2) })
}

/** @param scale the first value of all scales; 0 lets a residual block start as the identity */
export function groupNormLayer(
  { tape, parameter }: NetworkContext,
  name: string,
  x: Tensor,
  groups: number,
  scale = 1,
): Tensor {
  const shape = [x.shape[1]]
  const weights = parameter({
    name: `${name}.weight`,
    shape,
    initialisation: { kind: 'constant', value: scale },
  })
  const bias = parameter({ name: `${name}.bias`, shape, initialisation: { kind: 'constant', value: 0 } })
  return groupNormalisation(tape, x, weights, bias, { groups })
}

export interface LinearStart {
  readonly weights?: Initialisation
  readonly bias?: Initialisation
  /** Factor on the weights' learning rate; 1 when absent. */
  readonly rate?: number
}

export function linearLayer(
  { tape, parameter }: NetworkContext,
  name: string,
  x: Tensor,
  outputs: number,
  start: LinearStart = {},
): Tensor {
  const [, inputs] = x.shape
  const uniform: Initialisation = { kind: 'uniform', bound: 1 / Math.sqrt(inputs) }
  const weights = parameter({
    name: `${name}.weight`,
    shape: [outputs, inputs],
    initialisation: start.weights ?? uniform,
    rate: start.rate,
  })
  const bias = parameter({ name: `${name}.bias`, shape: [outputs], initialisation: start.bias ?? uniform })
  return linear(tape, x, weights, bias)
}
