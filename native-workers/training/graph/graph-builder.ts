import { elementCount, type ElementType, type Tensor } from './tensor.js'

/** An attribute of a node; a whole number is written as ONNX's INT, so give fractions as `{ float }`. */
export type Attribute = number | readonly number[] | string | { readonly float: number }

export interface GraphNode {
  readonly operator: string
  /** An empty name leaves an optional input out. */
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes: Readonly<Record<string, Attribute>>
}

export interface Initializer {
  readonly tensor: Tensor
  readonly values: Float32Array | BigInt64Array
}

export interface NamedTensor {
  readonly name: string
  readonly tensor: Tensor
}

/** A graph of ONNX operators (opset 17), nodes in an order in which they can run. */
export interface Graph {
  readonly inputs: readonly Tensor[]
  readonly initializers: readonly Initializer[]
  readonly nodes: readonly GraphNode[]
  readonly outputs: readonly NamedTensor[]
}

/** Collects the nodes of one graph. Knows nothing of what operators mean: see `operators.ts`. */
export class GraphBuilder {
  readonly #inputs: Tensor[] = []
  readonly #initializers: Initializer[] = []
  readonly #nodes: GraphNode[] = []
  readonly #outputs: NamedTensor[] = []
  readonly #constants = new Map<string, Tensor>()
  #count = 0

  input(name: string, shape: readonly number[]): Tensor {
    const tensor: Tensor = { name, shape, type: 'float' }
    this.#inputs.push(tensor)
    return tensor
  }

  /** A tensor whose values are part of the graph. */
  initializer(name: string, shape: readonly number[], values: Float32Array): Tensor {
    if (values.length !== elementCount(shape)) {
      throw new Error(`"${name}" has ${values.length} values for the shape [${shape.join(', ')}].`)
    }
    const tensor: Tensor = { name, shape, type: 'float' }
    this.#initializers.push({ tensor, values })
    return tensor
  }

  /** A float constant; equal ones are stored once. */
  constant(values: readonly number[], shape: readonly number[] = []): Tensor {
    return this.#constant('float', shape, values)
  }

  /** A vector of whole numbers: shapes, axes, bounds. */
  integers(values: readonly number[]): Tensor {
    return this.#constant('int64', [values.length], values)
  }

  node(
    operator: string,
    inputs: readonly (Tensor | null)[],
    outputShape: readonly number[],
    attributes: GraphNode['attributes'] = {},
    type: ElementType = 'float',
  ): Tensor {
    const [output] = this.nodeOf(operator, inputs, [outputShape], attributes, type)
    return output
  }

  /** A node with one output per shape. */
  nodeOf(
    operator: string,
    inputs: readonly (Tensor | null)[],
    outputShapes: readonly (readonly number[])[],
    attributes: GraphNode['attributes'] = {},
    type: ElementType = 'float',
  ): Tensor[] {
    const outputs = outputShapes.map((shape): Tensor => ({ name: `t${++this.#count}`, shape, type }))
    this.#nodes.push({
      operator,
      inputs: inputs.map((input) => input?.name ?? ''),
      outputs: outputs.map(({ name }) => name),
      attributes,
    })
    return outputs
  }

  output(name: string, tensor: Tensor): void {
    this.#outputs.push({ name, tensor })
  }

  build(): Graph {
    return {
      inputs: this.#inputs,
      initializers: this.#initializers,
      nodes: this.#nodes,
      outputs: this.#outputs,
    }
  }

  #constant(type: 'float' | 'int64', shape: readonly number[], values: readonly number[]): Tensor {
    const key = `${type} ${shape.join(',')} ${values.join(',')}`
    const known = this.#constants.get(key)
    if (known !== undefined) return known
    const tensor: Tensor = { name: `k${this.#constants.size + 1}`, shape, type }
    this.#constants.set(key, tensor)
    this.#initializers.push({
      tensor,
      values: type === 'float' ? Float32Array.from(values) : BigInt64Array.from(values, BigInt),
    })
    return tensor
  }
}
