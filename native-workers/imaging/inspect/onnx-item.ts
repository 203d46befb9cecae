import { type OnnxModel, type OnnxTensor, type OnnxValue } from '../onnx/read-onnx.js'
import { elementBytes, type ElementType } from '../torch-file/python-values.js'
import { elementAt, elementCount } from '../torch-file/tensor-values.js'
import { arrayType, type Item, type Member, nested } from './item.js'
import { jsonItem } from './json-item.js'

/** TensorProto.DataType. */
const elementTypes: Readonly<Record<number, ElementType>> = {
  1: 'float32',
  2: 'uint8',
  3: 'int8',
  4: 'uint16',
  5: 'int16',
  6: 'int32',
  7: 'int64',
  9: 'bool',
  10: 'float16',
  11: 'float64',
  12: 'uint32',
  13: 'uint64',
  16: 'bfloat16',
}

const typeName = (code: number): string => elementTypes[code] ?? (code === 8 ? 'text' : `type ${code}`)

/** An ONNX model: what it takes and gives, its operators and its weights. */
export function onnxItem(model: OnnxModel): Item {
  const { graph } = model
  const initializers = new Set(graph.initializer.map(({ name }) => name))
  const group = (what: string, members: readonly Member[]): Item => ({
    type: `${members.length} ${what}`,
    members: () => members,
  })
  // Before IR version 4 weights are listed among the inputs, too.
  const inputs = graph.input.filter(({ name }) => !initializers.has(name))
  const operators = new Map<string, number>()
  for (const { opType } of graph.node) operators.set(opType, (operators.get(opType) ?? 0) + 1)
  const counts = Object.fromEntries([...operators].sort(([a], [b]) => a.localeCompare(b)))
  return {
    type: 'ONNX model',
    members: () => [
      { name: 'inputs', item: group('inputs', inputs.map(valueMember)) },
      { name: 'outputs', item: group('outputs', graph.output.map(valueMember)) },
      { name: 'operators', item: jsonItem(counts) },
      { name: 'initializers', item: group('tensors', graph.initializer.map(tensorMember)) },
      {
        name: 'metadata',
        item: jsonItem(Object.fromEntries(model.metadataProps.map(({ key, value }) => [key, value]))),
      },
    ],
  }
}

function valueMember({ name, type }: OnnxValue): Member {
  const tensor = type?.tensorType
  if (tensor === undefined) return { name, item: { type: 'no tensor' } }
  const sizes = tensor.shape?.dim.map(({ dimValue, dimParam }) => String(dimValue ?? dimParam ?? '?'))
  const elementType = typeName(tensor.elemType)
  const shape = sizes === undefined ? 'any shape' : sizes.join(' x ')
  return { name, item: { type: `${elementType}${shape === '' ? '' : `, ${shape}`}` } }
}

function tensorMember(tensor: OnnxTensor): Member {
  const { name, dims, dataType, rawData, externalData, dataLocation } = tensor
  const type = arrayType(typeName(dataType), dims)
  if (dataLocation === 1) {
    const file = externalData.find(({ key }) => key === 'location')?.value ?? 'another file'
    return { name, item: { type: `${type}, in "${file}"` } }
  }
  const count = elementCount(dims)
  const listed = [tensor.floatData, tensor.doubleData, tensor.int32Data, tensor.int64Data].find(
    (values) => values.length === count,
  )
  const elementType = elementTypes[dataType]
  if (
    rawData !== undefined &&
    elementType !== undefined &&
    rawData.length === count * elementBytes[elementType]
  ) {
    const value = () => nested(rawElements(rawData, elementType, count), dims)
    return { name, item: { type, elements: count, value } }
  }
  return listed === undefined
    ? { name, item: { type } }
    : { name, item: { type, elements: count, value: () => nested(listed, dims) } }
}

function rawElements(bytes: Uint8Array, elementType: ElementType, count: number): unknown[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Array.from({ length: count }, (_, n) =>
    elementAt(view, n * elementBytes[elementType], elementType, true),
  )
}
