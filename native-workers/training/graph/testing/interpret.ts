import { type Graph } from '../graph-builder.js'
import { arrayOf, type NumberArray } from './array.js'
import { elementwiseRules } from './elementwise.js'
import { AttributeReader } from './operator.js'
import { reductionRules } from './reductions.js'
import { structureRules } from './structure.js'
import { windowRules } from './windows.js'

const rules = { ...elementwiseRules, ...reductionRules, ...structureRules, ...windowRules }

/**
 * Runs a graph in float64 by plain loops: what ONNX's operators mean, apart from any runtime. Gives the outputs by
 * name.
 */
export function interpret(
  graph: Graph,
  inputs: Readonly<Record<string, NumberArray>>,
): Record<string, NumberArray> {
  const values = new Map<string, NumberArray>()
  for (const { tensor, values: constants } of graph.initializers) {
    values.set(tensor.name, arrayOf(tensor.shape, Array.from(constants, Number)))
  }
  for (const { name, shape } of graph.inputs) {
    const given = inputs[name]
    if (given?.shape.join() !== shape.join()) throw new Error(`The input "${name}" is absent or unfit.`)
    values.set(name, given)
  }
  const valueOf = (name: string): NumberArray => {
    const value = values.get(name)
    if (value === undefined) throw new Error(`"${name}" is used before it is made.`)
    return value
  }
  for (const node of graph.nodes) {
    const rule = rules[node.operator]
    if (rule === undefined) throw new Error(`${node.operator} is unknown here.`)
    const given = node.inputs.filter((name) => name !== '').map(valueOf)
    const result = rule(given, new AttributeReader(node))
    const results = isSingle(result) ? [result] : result
    node.outputs.forEach((name, n) => values.set(name, results[n]))
  }
  return Object.fromEntries(graph.outputs.map(({ name, tensor }) => [name, valueOf(tensor.name)]))
}

const isSingle = (result: NumberArray | readonly NumberArray[]): result is NumberArray => 'shape' in result
