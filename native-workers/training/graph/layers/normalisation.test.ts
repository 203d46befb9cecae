import { describe, expect, it } from 'vitest'
import { GraphBuilder } from '../graph-builder.js'
import { Tape } from '../tape.js'
import { arrayOf } from '../testing/array.js'
import { checkGradients } from '../testing/check-gradients.js'
import { interpret } from '../testing/interpret.js'
import { randomArray } from '../testing/random.js'
import { batchNormalisation, fixedBatchNormalisation } from './batch-normalisation.js'
import { groupNormalisation } from './group-normalisation.js'
import { layerNormalisation } from './layer-normalisation.js'

describe('the gradients of a normalisation', () => {
  it.each([
    { name: 'groups of two', x: [2, 4, 3, 2], groups: 2 },
    { name: 'one group', x: [2, 3, 2, 2], groups: 1 },
    { name: 'each channel alone', x: [2, 3, 2, 3], groups: 3 },
    { name: 'one pixel', x: [2, 4, 1, 1], groups: 2 },
    { name: 'in 3D', x: [1, 4, 2, 3, 2], groups: 2 },
  ])('by groups: $name', ({ x, groups }) => {
    checkGradients({ x, scale: [x[1]], shift: [x[1]] }, (tape, inputs) =>
      groupNormalisation(tape, inputs.x, inputs.scale, inputs.shift, { groups }),
    )
  })

  it('by layers', () => {
    checkGradients({ x: [2, 3, 4], scale: [4], shift: [4] }, (tape, { x, scale, shift }) =>
      layerNormalisation(tape, x, scale, shift),
    )
  })

  it.each([{ x: [3, 2, 2, 3] }, { x: [4, 3] }, { x: [2, 2, 2, 2, 2] }])('by batches: $x', ({ x }) => {
    const channels = x[1]
    checkGradients({ x, scale: [channels], shift: [channels] }, (tape, inputs) => {
      const running = {
        mean: tape.graph.constant(new Array<number>(channels).fill(0), [channels]),
        variance: tape.graph.constant(new Array<number>(channels).fill(1), [channels]),
      }
      return batchNormalisation(tape, inputs.x, inputs.scale, inputs.shift, running).y
    })
    checkGradients({ x, scale: [channels], shift: [channels] }, (tape, inputs) => {
      const running = {
        mean: tape.graph.constant(new Array<number>(channels).fill(0.5), [channels]),
        variance: tape.graph.constant(new Array<number>(channels).fill(2), [channels]),
      }
      return fixedBatchNormalisation(tape, inputs.x, inputs.scale, inputs.shift, running)
    })
  })
})

it('refuses groups that do not share the channels evenly', () => {
  const graph = new GraphBuilder()
  const [x, scale, shift] = [graph.input('x', [1, 3, 2, 2]), graph.input('a', [3]), graph.input('b', [3])]
  expect(() => groupNormalisation(new Tape(graph), x, scale, shift, { groups: 2 })).toThrow('groups')
})

it('keeps the running statistics of batches as PyTorch does', () => {
  const graph = new GraphBuilder()
  const x = graph.input('x', [2, 1, 1, 2])
  const [scale, shift] = [graph.constant([1], [1]), graph.constant([0], [1])]
  const running = { mean: graph.input('mean', [1]), variance: graph.input('variance', [1]) }
  const next = batchNormalisation(new Tape(graph), x, scale, shift, running)
  graph.output('y', next.y)
  graph.output('nextMean', next.running.mean)
  graph.output('nextVariance', next.running.variance)
  const result = interpret(graph.build(), {
    x: arrayOf([2, 1, 1, 2], [1, 3, 5, 7]),
    mean: arrayOf([1], [10]),
    variance: arrayOf([1], [2]),
  })
  // Mean 4, biased variance 5, unbiased 20 / 3; the batch's share is 0.1.
  expect(result.nextMean.values[0]).toBeCloseTo(0.9 * 10 + 0.1 * 4, 6)
  expect(result.nextVariance.values[0]).toBeCloseTo(0.9 * 2 + (0.1 * 20) / 3, 6)
  expect(result.y.values[3]).toBeCloseTo(3 / Math.sqrt(5 + 1e-5), 6)
})

it('normalises each group of each sample to mean 0 and variance 1', () => {
  const graph = new GraphBuilder()
  const x = graph.input('x', [2, 4, 3, 3])
  const [ones, zeros] = [graph.constant([1, 1, 1, 1], [4]), graph.constant([0, 0, 0, 0], [4])]
  graph.output('y', groupNormalisation(new Tape(graph), x, ones, zeros, { groups: 2 }))
  const { y } = interpret(graph.build(), { x: randomArray([2, 4, 3, 3], 3) })
  for (let group = 0; group < 4; group++) {
    const values = y.values.subarray(group * 18, (group + 1) * 18)
    const mean = values.reduce((sum, value) => sum + value, 0) / 18
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 18
    expect(mean).toBeCloseTo(0, 9)
    expect(variance).toBeCloseTo(1, 3)
  }
})
