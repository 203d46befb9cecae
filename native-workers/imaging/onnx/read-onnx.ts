import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import protobuf from 'protobufjs'
import { z } from 'zod'
import { UserError } from '../../contract/errors.js'
import { inputError, statInput } from '../input-file.js'
import onnxSchema from './onnx-schema.json'

const pairSchema = z.object({ key: z.string().default(''), value: z.string().default('') })

const tensorSchema = z.object({
  name: z.string().default(''),
  dims: z.array(z.number()).default([]),
  dataType: z.number().default(0),
  rawData: z.instanceof(Uint8Array).optional(),
  floatData: z.array(z.number()).default([]),
  int32Data: z.array(z.number()).default([]),
  int64Data: z.array(z.number()).default([]),
  doubleData: z.array(z.number()).default([]),
  externalData: z.array(pairSchema).default([]),
  dataLocation: z.number().default(0),
})
export type OnnxTensor = z.infer<typeof tensorSchema>

const valueSchema = z.object({
  name: z.string().default(''),
  type: z
    .object({
      tensorType: z
        .object({
          elemType: z.number().default(0),
          shape: z
            .object({
              dim: z
                .array(z.object({ dimValue: z.number().optional(), dimParam: z.string().optional() }))
                .default([]),
            })
            .optional(),
        })
        .optional(),
    })
    .optional(),
})
export type OnnxValue = z.infer<typeof valueSchema>

const modelSchema = z.object({
  irVersion: z.number(),
  producerName: z.string().default(''),
  producerVersion: z.string().default(''),
  docString: z.string().default(''),
  opsetImport: z.array(z.object({ domain: z.string().default(''), version: z.number().default(0) })).min(1),
  metadataProps: z.array(pairSchema).default([]),
  graph: z.object({
    name: z.string().default(''),
    node: z.array(z.object({ opType: z.string().default('') })).default([]),
    initializer: z.array(tensorSchema).default([]),
    input: z.array(valueSchema).default([]),
    output: z.array(valueSchema).default([]),
  }),
})
/** The parts of ONNX's ModelProto (onnx.proto, IR version 3 to 10) that describe a model. */
export type OnnxModel = z.infer<typeof modelSchema>

const largestBytes = 2 ** 31

/** Reads an ONNX model; tensors that lie in other files are only named. Errors: `file-not-found`, `file-unreadable`. */
export async function readOnnx(path: string): Promise<OnnxModel> {
  const name = basename(path)
  if ((await statInput(path)).size > largestBytes) {
    throw new UserError('format-unsupported', `"${name}" is larger than the 2 GB that ONNX files can have.`)
  }
  const model = modelSchema.safeParse(decoded(await contentOf(path)))
  if (model.success) return model.data
  throw new UserError(
    'file-unreadable',
    `"${name}" is not an ONNX model, or it is incomplete.`,
    'Export or copy it again.',
  )
}

async function contentOf(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (error) {
    throw inputError(error, path)
  }
}

function decoded(bytes: Buffer): unknown {
  const type = protobuf.Root.fromJSON(onnxSchema).lookupType('onnx.ModelProto')
  try {
    return type.toObject(type.decode(bytes), { longs: Number })
  } catch {
    return undefined
  }
}
