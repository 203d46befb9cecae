import { expect, it } from 'vitest'
import { GraphBuilder } from './graph-builder.js'
import { add, scaled } from './layers/structure.js'
import { Tape } from './tape.js'
import { arrayOf } from './testing/array.js'
import { checkGradients } from './testing/check-gradients.js'
import { interpret } from './testing/interpret.js'

it('adds up the gradients of a value that is used several times', () => {
  checkGradients({ x: [2, 2] }, (tape, { x }) => {
    const twice = scaled(tape, x, 2)
    return add(tape, add(tape, twice, x), add(tape, twice, twice))
  })
})

it('writes no gradients of what is not watched', () => {
  const graph = new GraphBuilder()
  const tape = new Tape(graph)
  const [watched, other] = [tape.watch(graph.input('watched', [2])), graph.input('other', [2])]
  const fromOther = scaled(tape, other, 3)
  const y = add(tape, watched, fromOther)
  expect(tape.needsGradient(fromOther)).toBe(false)
  expect(tape.needsGradient(y)).toBe(true)
  const told: string[] = []
  const nodesBefore = graph.build().nodes.length
  tape.backward([[y, graph.input('seed', [2])]], ({ name }) => told.push(name))
  expect(told).toEqual(['watched'])
  expect(graph.build().nodes.length).toBe(nodesBefore)
})

it('tells a gradient once, when nothing more is added to it', () => {
  const graph = new GraphBuilder()
  const tape = new Tape(graph)
  const x = tape.watch(graph.input('x', [1]))
  const first = scaled(tape, x, 2)
  const second = scaled(tape, x, 5)
  const told: string[] = []
  tape.backward(
    [
      [first, graph.input('a', [1])],
      [second, graph.input('b', [1])],
    ],
    ({ name }, gradient) => {
      if (name !== 'x') return
      told.push(name)
      graph.output('gradient', gradient)
    },
  )
  expect(told).toEqual(['x'])
  const result = interpret(graph.build(), {
    x: arrayOf([1], [0]),
    a: arrayOf([1], [1]),
    b: arrayOf([1], [10]),
  })
  expect(result.gradient.values[0]).toBe(2 + 50)
})

it('says what a graph cannot hold', () => {
  const graph = new GraphBuilder()
  expect(() => graph.initializer('w', [2, 2], new Float32Array(3))).toThrow('"w" has 3 values')
  const tape = new Tape(graph)
  expect(() => add(tape, graph.input('a', [2]), graph.input('b', [1]))).toThrow('equal shapes')
})
