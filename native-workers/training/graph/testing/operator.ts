import { type Attribute, type GraphNode } from '../graph-builder.js'
import { type NumberArray } from './array.js'

/** What one operator of ONNX gives for its inputs, of which those left out are skipped. */
export type OperatorRule = (
  inputs: readonly NumberArray[],
  attributes: AttributeReader,
) => readonly NumberArray[] | NumberArray

/** A node's attributes with their defaults. */
export class AttributeReader {
  readonly #attributes: Readonly<Record<string, Attribute>>

  constructor(node: GraphNode) {
    this.#attributes = node.attributes
  }

  whole(name: string, otherwise?: number): number {
    const value = this.#attributes[name] ?? otherwise
    if (typeof value !== 'number') throw new Error(`The attribute "${name}" is no whole number.`)
    return value
  }

  float(name: string, otherwise: number): number {
    const value = this.#attributes[name] ?? { float: otherwise }
    if (typeof value !== 'object' || !('float' in value))
      throw new Error(`The attribute "${name}" is no float.`)
    return value.float
  }

  list(name: string, otherwise?: readonly number[]): readonly number[] {
    const value = this.#attributes[name] ?? otherwise
    if (!isList(value)) throw new Error(`The attribute "${name}" is no list.`)
    return value
  }

  text(name: string, otherwise: string): string {
    const value = this.#attributes[name] ?? otherwise
    if (typeof value !== 'string') throw new Error(`The attribute "${name}" is no text.`)
    return value
  }
}

const isList = (value: Attribute | undefined): value is readonly number[] => Array.isArray(value)
