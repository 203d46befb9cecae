import { describe, expect, it } from 'vitest'
import { adamStepInputs, adamUpdate } from './adam.js'
import { GraphBuilder } from './graph-builder.js'
import { relu } from './layers/activations.js'
import { batchNormalisation } from './layers/batch-normalisation.js'
import { convolution } from './layers/convolution.js'
import { groupNormalisation } from './layers/group-normalisation.js'
import { meanSquaredError } from './layers/losses.js'
import { maxPooling } from './layers/max-pooling.js'
import { concatenate } from './layers/structure.js'
import { transposedConvolution } from './layers/transposed-convolution.js'
import { nearestUpsampling } from './layers/upsampling.js'
import { Tape } from './tape.js'
import { type Tensor } from './tensor.js'
import { arrayOf, type NumberArray } from './testing/array.js'
import { randomArray } from './testing/random.js'
import { runOnRuntime } from './testing/run-on-runtime.js'

type Parameters = (name: string, shape: readonly number[]) => Tensor
type Network = (tape: Tape, x: Tensor, parameter: Parameters) => Tensor

/** One level of a U-Net: down by pooling, up by a transposed convolution, joined with what was there before. */
const unet: Network = (tape, x, parameter) => {
  const normalised = (name: string, y: Tensor, channels: number) =>
    relu(
      tape,
      groupNormalisation(
        tape,
        y,
        parameter(`${name}.scale`, [channels]),
        parameter(`${name}.shift`, [channels]),
        { groups: 2 },
      ),
    )
  const first = convolution(tape, x, parameter('first', [4, 1, 3, 3]), { padding: 1 })
  const outer = normalised('outer', first, 4)
  const pooled = maxPooling(tape, outer, { size: 2, stride: 2 })
  const inner = normalised(
    'inner',
    convolution(tape, pooled, parameter('second', [6, 4, 3, 3]), { padding: 1 }),
    6,
  )
  const raised = transposedConvolution(tape, inner, parameter('up', [6, 4, 2, 2]), { stride: 2 })
  const joined = concatenate(tape, [outer, raised], 1)
  return convolution(tape, joined, parameter('last', [1, 8, 1, 1]), { bias: parameter('last.bias', [1]) })
}

/** Down by strides and up by repeated pixels, in 3D, with batch normalisation. */
const volumeNetwork: Network = (tape, x, parameter) => {
  const running = {
    mean: tape.graph.constant([0, 0, 0, 0], [4]),
    variance: tape.graph.constant([1, 1, 1, 1], [4]),
  }
  const down = convolution(tape, x, parameter('down', [4, 1, 3, 3, 3]), { stride: 2, padding: 1 })
  const { y } = batchNormalisation(tape, down, parameter('scale', [4]), parameter('shift', [4]), running)
  const raised = nearestUpsampling(tape, relu(tape, y))
  return convolution(tape, raised, parameter('last', [1, 4, 3, 3, 3]), {
    padding: 1,
    bias: parameter('last.bias', [1]),
  })
}

/** The loss before each of some steps of Adam on one batch. */
async function lossesOf(network: Network, shape: readonly number[], steps: number): Promise<number[]> {
  const graph = new GraphBuilder()
  const tape = new Tape(graph)
  const [x, target] = [graph.input('x', shape), graph.input('target', shape)]
  const scalars = {
    stepSize: graph.input('stepSize', [1]),
    epsilon: graph.input('epsilon', [1]),
    decay: graph.input('decay', [1]),
  }
  const state: Record<string, NumberArray> = {}
  const parameter: Parameters = (name, size) => {
    const start = randomArray(size, Object.keys(state).length + 1)
    const zeros = arrayOf(
      size,
      start.values.map(() => 0),
    )
    state[name] = name.endsWith('scale')
      ? arrayOf(
          size,
          zeros.values.map(() => 1),
        )
      : arrayOf(
          size,
          start.values.map((v) => v / 3),
        )
    state[`${name}:m`] = zeros
    state[`${name}:v`] = zeros
    return tape.watch(graph.input(name, size))
  }
  const loss = meanSquaredError(tape, network(tape, x, parameter), target)
  graph.output('loss', loss)
  tape.backward([[loss, graph.constant([1], [1])]], (tensor, gradient) => {
    if (!(tensor.name in state)) return
    const [firstMoment, secondMoment] = ['m', 'v'].map((kind) =>
      graph.input(`${tensor.name}:${kind}`, tensor.shape),
    )
    const next = adamUpdate(graph, { parameter: tensor, firstMoment, secondMoment }, gradient, scalars, {
      clip: 0,
      weightDecay: 0,
    })
    graph.output(`${tensor.name}:next`, next.parameter)
    graph.output(`${tensor.name}:m:next`, next.firstMoment)
    graph.output(`${tensor.name}:v:next`, next.secondMoment)
  })
  const built = graph.build()
  const picture = randomArray(shape, 91)
  const wanted = arrayOf(
    shape,
    picture.values.map((value) => Math.abs(value)),
  )
  const losses: number[] = []
  for (let step = 1; step <= steps; step++) {
    const numbers = Object.entries(adamStepInputs(step, 0.02, 0))
    const inputs = Object.fromEntries(numbers.map(([name, value]) => [name, arrayOf([1], [value])]))
    const results = await runOnRuntime(built, { ...inputs, ...state, x: picture, target: wanted })
    losses.push(results.loss.values[0])
    for (const name of Object.keys(state)) state[name] = results[`${name}:next`]
  }
  return losses
}

describe('networks other than those for poses learn too', () => {
  it.each([
    { name: 'a U-Net', network: unet, shape: [2, 1, 8, 8] },
    { name: 'a network for volumes', network: volumeNetwork, shape: [2, 1, 4, 6, 4] },
  ])('$name', async ({ network, shape }) => {
    const losses = await lossesOf(network, shape, 30)
    expect(losses.every(Number.isFinite)).toBe(true)
    expect(losses[29]).toBeLessThan(losses[0] / 3)
  })
})
