import protobuf from 'protobufjs'
import { z } from 'zod'
import onnxSchema from '../../imaging/onnx/onnx-schema.json'
import { type NamedArray } from '../trainer.js'

const floatType = 1

const initializersSchema = z.object({
  graph: z.object({
    initializer: z.array(
      z.object({
        name: z.string(),
        dims: z.array(z.number()).default([]),
        dataType: z.number(),
        rawData: z.instanceof(Uint8Array),
      }),
    ),
  }),
})

/** The network's parameters in an ONNX model that `inferenceGraph` made; its constants have no dot in their names. */
export function parametersOfModel(model: Uint8Array): NamedArray[] {
  const type = protobuf.Root.fromJSON(onnxSchema).lookupType('onnx.ModelProto')
  const { graph } = initializersSchema.parse(type.toObject(type.decode(model), { longs: Number }))
  return graph.initializer
    .filter(({ name, dataType }) => dataType === floatType && name.includes('.'))
    .map(({ name, dims, rawData }) => ({
      name,
      shape: dims,
      // A copy, since the bytes need not be aligned.
      values: new Float32Array(Uint8Array.from(rawData).buffer),
    }))
}
