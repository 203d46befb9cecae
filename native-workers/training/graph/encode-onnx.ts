import protobuf from 'protobufjs'
import onnxSchema from '../../imaging/onnx/onnx-schema.json'
import { version } from '../../contract/version.js'
import { type Attribute, type Graph, type Initializer } from './graph-builder.js'
import { type ElementType, type Tensor } from './tensor.js'

/** onnx.proto's TensorProto.DataType and AttributeProto.AttributeType. */
const dataTypes: Record<ElementType, number> = { float: 1, int64: 7, bool: 9 }
const attributeTypes = { float: 1, int: 2, string: 3, ints: 7 } as const

const operatorSet = 17
const irVersion = 8

export interface EncodeOptions {
  readonly name: string
  /** Inputs and outputs whose first size stays open, under the name "batch". */
  readonly openBatch?: readonly string[]
  readonly metadata?: Readonly<Record<string, string>>
}

/** The bytes of an `.onnx` file. */
export function encodeOnnx(graph: Graph, options: EncodeOptions): Uint8Array {
  const model = protobuf.Root.fromJSON(onnxSchema).lookupType('onnx.ModelProto')
  const described = (tensor: Tensor, name = tensor.name) =>
    valueInfo(tensor, name, options.openBatch?.includes(name))
  // An output goes by its name from where it is made, which saves a copy of it.
  const outward = new Map(graph.outputs.map(({ name, tensor }) => [tensor.name, name]))
  const outwardName = (name: string) => outward.get(name) ?? name
  const message = {
    irVersion,
    producerName: 'isocenter',
    producerVersion: version,
    opsetImport: [{ domain: '', version: operatorSet }],
    metadataProps: Object.entries(options.metadata ?? {}).map(([key, value]) => ({ key, value })),
    graph: {
      name: options.name,
      node: graph.nodes.map(({ operator, inputs, outputs, attributes }) => ({
        opType: operator,
        input: inputs.map(outwardName),
        output: outputs.map(outwardName),
        attribute: Object.entries(attributes).map(([name, value]) => attribute(name, value)),
      })),
      initializer: graph.initializers.map(initializer),
      input: graph.inputs.map((tensor) => described(tensor)),
      output: graph.outputs.map(({ name, tensor }) => described(tensor, name)),
    },
  }
  return model.encode(model.create(message)).finish()
}

function attribute(name: string, value: Attribute) {
  if (typeof value === 'string') return { name, s: Buffer.from(value), type: attributeTypes.string }
  if (typeof value === 'number') return { name, i: value, type: attributeTypes.int }
  if ('float' in value) return { name, f: value.float, type: attributeTypes.float }
  return { name, ints: value, type: attributeTypes.ints }
}

function initializer({ tensor, values }: Initializer) {
  return {
    name: tensor.name,
    dims: tensor.shape,
    dataType: dataTypes[tensor.type],
    // ONNX's raw data is little-endian, as every machine that we run on is.
    rawData: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  }
}

function valueInfo({ shape, type }: Tensor, name: string, isBatchOpen = false) {
  const dim = shape.map((size, axis) =>
    axis === 0 && isBatchOpen ? { dimParam: 'batch' } : { dimValue: size },
  )
  return { name, type: { tensorType: { elemType: dataTypes[type], shape: { dim } } } }
}
