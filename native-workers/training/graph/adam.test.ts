import { describe, expect, it } from 'vitest'
import { adamStepInputs, adamUpdate, type AdamOptions } from './adam.js'
import { GraphBuilder } from './graph-builder.js'
import { arrayOf, type NumberArray } from './testing/array.js'
import { interpret } from './testing/interpret.js'
import { randomArray } from './testing/random.js'

const [beta1, beta2, epsilon] = [0.9, 0.999, 1e-8]
const learningRate = 0.01

function graphOf(shape: readonly number[], options: AdamOptions) {
  const graph = new GraphBuilder()
  const input = (name: string, size: readonly number[] = [1]) => graph.input(name, size)
  const state = {
    parameter: input('parameter', shape),
    firstMoment: input('firstMoment', shape),
    secondMoment: input('secondMoment', shape),
  }
  const inputs = { stepSize: input('stepSize'), epsilon: input('epsilon'), decay: input('decay') }
  const next = adamUpdate(graph, state, input('gradient', shape), inputs, options)
  graph.output('parameter', next.parameter)
  graph.output('firstMoment', next.firstMoment)
  graph.output('secondMoment', next.secondMoment)
  graph.output('squaredNorm', next.squaredNorm)
  return graph.build()
}

/** Parameters after some steps with given gradients. */
function ours(parameter: NumberArray, gradients: readonly NumberArray[], options: AdamOptions): Float64Array {
  const graph = graphOf(parameter.shape, options)
  const zeros = arrayOf(
    parameter.shape,
    parameter.values.map(() => 0),
  )
  let state = { parameter, firstMoment: zeros, secondMoment: zeros }
  for (const [n, gradient] of gradients.entries()) {
    const numbers = Object.entries(adamStepInputs(n + 1, learningRate, options.weightDecay))
    const scalars = Object.fromEntries(numbers.map(([name, value]) => [name, arrayOf([1], [value])]))
    const {
      parameter: next,
      firstMoment,
      secondMoment,
    } = interpret(graph, { ...state, ...scalars, gradient })
    state = { parameter: next, firstMoment, secondMoment }
  }
  return state.parameter.values
}

/** The same by the papers' formulas. */
function textbook(
  parameter: NumberArray,
  gradients: readonly NumberArray[],
  weightDecay: number,
): Float64Array {
  const values = parameter.values.slice()
  const [m, v] = [values.map(() => 0), values.map(() => 0)]
  for (const [n, gradient] of gradients.entries()) {
    for (const at of values.keys()) {
      const g = gradient.values[at]
      m[at] = beta1 * m[at] + (1 - beta1) * g
      v[at] = beta2 * v[at] + (1 - beta2) * g * g
      const [mHat, vHat] = [m[at] / (1 - beta1 ** (n + 1)), v[at] / (1 - beta2 ** (n + 1))]
      values[at] -= learningRate * (mHat / (Math.sqrt(vHat) + epsilon) + weightDecay * values[at])
    }
  }
  return values
}

const gradientsOf = (shape: readonly number[]) => [1, 2, 3, 4, 5].map((seed) => randomArray(shape, seed))

describe("Adam's step", () => {
  it.each([0, 0.05])('follows the papers with a decay of %d', (weightDecay) => {
    const shape = [3, 4]
    const parameter = randomArray(shape, 9)
    const expected = textbook(parameter, gradientsOf(shape), weightDecay)
    const actual = ours(parameter, gradientsOf(shape), { clip: 0, weightDecay })
    // The constants of a graph are float32.
    for (const n of expected.keys()) expect(Math.abs(actual[n] - expected[n])).toBeLessThan(1e-7)
  })

  it('divides small gradients by their own size too', () => {
    const tiny = gradientsOf([4]).map(({ shape, values }) =>
      arrayOf(
        shape,
        values.map((g) => g * 1e-6),
      ),
    )
    const parameter = randomArray([4], 9)
    const expected = textbook(parameter, tiny, 0)
    const actual = ours(parameter, tiny, { clip: 0, weightDecay: 0 })
    for (const n of expected.keys()) expect(Math.abs(actual[n] - expected[n])).toBeLessThan(1e-7)
  })

  it('tells the norm of the gradient', () => {
    const graph = graphOf([2, 2], { clip: 0.1, weightDecay: 0 })
    const zeros = arrayOf([2, 2], [0, 0, 0, 0])
    const one = arrayOf([1], [1])
    const state = { parameter: zeros, firstMoment: zeros, secondMoment: zeros }
    const gradient = arrayOf([2, 2], [1, 2, 3, 4])
    const result = interpret(graph, { ...state, stepSize: one, epsilon: one, decay: one, gradient })
    expect(result.squaredNorm.values[0]).toBe(30)
  })
})

describe('adaptive gradient clipping', () => {
  function clipped(parameter: NumberArray, gradient: NumberArray, clip: number): number[] {
    const graph = graphOf(parameter.shape, { clip, weightDecay: 0 })
    const zeros = arrayOf(
      parameter.shape,
      parameter.values.map(() => 0),
    )
    const one = arrayOf([1], [1])
    const scalars = { stepSize: one, epsilon: one, decay: one }
    // From 0, the first moment is the clipped gradient.
    return [
      ...interpret(graph, { parameter, firstMoment: zeros, secondMoment: zeros, gradient, ...scalars })
        .firstMoment.values,
    ]
  }

  it('limits each output unit by the norm of its own weights', () => {
    const weights = arrayOf([3, 2], [3, 4, 0, 0, 3, 4])
    const gradient = arrayOf([3, 2], [30, 40, 6, 8, 0.03, 0.04])
    const [a, b, c, d, e, f] = clipped(weights, gradient, 0.1)
    // Norm 5: at most 0.5. Weights of norm 0 count as 1e-3: at most 1e-4. The last stays as it is.
    expect([a, b]).toEqual([expect.closeTo(0.3, 6), expect.closeTo(0.4, 6)])
    expect([c, d]).toEqual([expect.closeTo(6e-5, 9), expect.closeTo(8e-5, 9)])
    expect([e, f]).toEqual([0.03, 0.04])
  })

  it('takes a vector as a whole', () => {
    const [a, b] = clipped(arrayOf([2], [3, 4]), arrayOf([2], [30, 40]), 0.1)
    expect(a).toBeCloseTo(0.3, 6)
    expect(b).toBeCloseTo(0.4, 6)
  })
})
