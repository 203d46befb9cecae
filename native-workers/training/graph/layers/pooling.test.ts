import { describe, expect, it } from 'vitest'
import { GraphBuilder } from '../graph-builder.js'
import { Tape } from '../tape.js'
import { arrayOf } from '../testing/array.js'
import { checkGradients } from '../testing/check-gradients.js'
import { interpret } from '../testing/interpret.js'
import { averagePooling, globalAveragePooling } from './average-pooling.js'
import { maxPooling } from './max-pooling.js'
import { nearestUpsampling } from './upsampling.js'

describe('the gradients of pooling', () => {
  it.each([
    { name: '3x3, stride 2, even size', x: [2, 2, 6, 4], size: 3, stride: 2, padding: 1 },
    { name: '3x3, stride 2, odd size', x: [1, 2, 5, 7], size: 3, stride: 2, padding: 1 },
    { name: '2x2, stride 2', x: [2, 2, 4, 6], size: 2, stride: 2 },
    { name: '2x2, stride 2, a row left over', x: [1, 1, 5, 4], size: 2, stride: 2 },
    { name: '3x3, stride 1', x: [1, 2, 4, 4], size: 3, stride: 1, padding: 1 },
    { name: '3D, 2x2x2', x: [1, 2, 4, 2, 4], size: 2, stride: 2 },
    { name: '3D, 3x3x3, stride 2', x: [1, 1, 5, 4, 4], size: 3, stride: 2, padding: 1 },
  ])('$name', ({ x, ...window }) => {
    checkGradients({ x }, (tape, inputs) => maxPooling(tape, inputs.x, window))
    checkGradients({ x }, (tape, inputs) => averagePooling(tape, inputs.x, window))
  })

  it('over all of a picture', () => {
    checkGradients({ x: [2, 3, 4, 5] }, (tape, { x }) => globalAveragePooling(tape, x))
    checkGradients({ x: [2, 3, 2, 3, 2] }, (tape, { x }) => globalAveragePooling(tape, x))
  })

  it('and of repeated pixels', () => {
    checkGradients({ x: [2, 2, 3, 2] }, (tape, { x }) => nearestUpsampling(tape, x))
    checkGradients({ x: [1, 2, 2, 3, 2] }, (tape, { x }) => nearestUpsampling(tape, x))
  })
})

it('repeats pixels', () => {
  const graph = new GraphBuilder()
  const x = graph.input('x', [1, 1, 1, 2])
  graph.output('y', nearestUpsampling(new Tape(graph), x))
  const { y } = interpret(graph.build(), { x: arrayOf([1, 1, 1, 2], [3, 5]) })
  expect([...y.values]).toEqual([3, 3, 5, 5, 3, 3, 5, 5])
})
