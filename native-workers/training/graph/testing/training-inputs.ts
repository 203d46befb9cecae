import { type NamedArray } from '../../trainer.js'
import { adamStepInputs } from '../adam.js'
import { type Graph } from '../graph-builder.js'
import { stateNames } from '../training-graph.js'
import { arrayOf, type NumberArray } from './array.js'
import { randomArray } from './random.js'

/** Inputs of a training graph's first step: small random pictures, targets and output gradients, moments at 0. */
export function trainingInputs(
  graph: Graph,
  parameters: readonly NamedArray[],
  { learningRate = 1e-3, weightDecay = 0 } = {},
): Record<string, NumberArray> {
  const step = adamStepInputs(1, learningRate, weightDecay)
  const scalar = (value: number) => arrayOf([1], [value])
  const known: Record<string, NumberArray> = {
    pose_weight: scalar(1),
    step_size: scalar(step.stepSize),
    epsilon: scalar(step.epsilon),
    decay: scalar(step.decay),
  }
  for (const { name, shape, values } of parameters) {
    known[stateNames(name).parameter] = arrayOf(shape, values)
  }
  const random = new Set(['xrays', 'targets', 'output_gradients'])
  return Object.fromEntries(
    graph.inputs.map(({ name, shape }, n) => {
      if (random.has(name)) return [name, randomArray(shape, n + 1)]
      const count = shape.reduce((product, size) => product * size, 1)
      const filler = name === 'sample_weights' ? 1 / shape[0] : 0
      return [name, known[name] ?? arrayOf(shape, new Array<number>(count).fill(filler))]
    }),
  )
}
