import { GraphBuilder } from '../graph-builder.js'
import { Tape } from '../tape.js'
import { elementCount, type Tensor } from '../tensor.js'
import { type NumberArray } from './array.js'
import { interpret } from './interpret.js'
import { randomArray } from './random.js'

type Build = (tape: Tape, inputs: Readonly<Record<string, Tensor>>) => Tensor

const step = 1e-5

/**
 * Compares the gradients of every element of every input with central differences, in float64: those of the sum of the
 * output's elements, each with a weight of its own. Throws where they differ.
 * @param shapes of the inputs, which are filled with random numbers in -1..1, or their values
 */
export function checkGradients(
  shapes: Readonly<Record<string, readonly number[] | NumberArray>>,
  build: Build,
): void {
  const inputs = Object.fromEntries(
    Object.entries(shapes).map(([name, given], n) => [
      name,
      'shape' in given ? given : randomArray(given, n + 1),
    ]),
  )
  const forward = new GraphBuilder()
  const declare = (graph: GraphBuilder) =>
    Object.fromEntries(Object.entries(inputs).map(([name, { shape }]) => [name, graph.input(name, shape)]))
  const output = build(new Tape(forward), declare(forward))
  forward.output('y', output)
  const forwardGraph = forward.build()
  const seed = randomArray(output.shape, 77)
  const weightedSum = (values: Readonly<Record<string, NumberArray>>): number =>
    interpret(forwardGraph, values).y.values.reduce((sum, value, n) => sum + value * seed.values[n], 0)

  const graph = new GraphBuilder()
  const tape = new Tape(graph)
  const tensors = declare(graph)
  for (const tensor of Object.values(tensors)) tape.watch(tensor)
  const y = build(tape, tensors)
  const told: string[] = []
  tape.backward([[y, graph.input('seed', y.shape)]], ({ name }, gradient) => {
    if (name in inputs) {
      told.push(name)
      graph.output(name, gradient)
    }
  })
  if (told.toSorted().join() !== Object.keys(inputs).toSorted().join()) {
    throw new Error(`Gradients came of "${told.join()}".`)
  }
  const gradients = interpret(graph.build(), { ...inputs, seed })
  for (const [name, { shape, values }] of Object.entries(inputs)) {
    if (gradients[name].shape.join() !== shape.join())
      throw new Error(`The gradient of ${name} has another shape.`)
    for (let n = 0; n < elementCount(shape); n++) {
      const at = (offset: number) => {
        const moved = values.slice()
        moved[n] += offset
        return weightedSum({ ...inputs, [name]: { shape, values: moved } })
      }
      const difference = (at(step) - at(-step)) / (2 * step)
      const gradient = gradients[name].values[n]
      // Written so that a gradient that is no number fails too.
      if (!(Math.abs(gradient - difference) < 1e-6 * Math.max(1, Math.abs(difference)))) {
        throw new Error(`Gradient ${n} of ${name} is ${gradient}, the difference quotient ${difference}.`)
      }
    }
  }
}
