import { basename } from 'node:path'
import { z } from 'zod'
import { UserError } from '../../contract/errors.js'
import { readBytes, statInput, truncatedError } from '../input-file.js'
import { elementBytes, type ElementType } from '../torch-file/python-values.js'
import { elementAt, elementCount } from '../torch-file/tensor-values.js'
import { arrayType, type Item, nested } from './item.js'
import { jsonItem } from './json-item.js'

const elementTypes: Readonly<Record<string, ElementType>> = {
  F64: 'float64',
  F32: 'float32',
  F16: 'float16',
  BF16: 'bfloat16',
  I64: 'int64',
  I32: 'int32',
  I16: 'int16',
  I8: 'int8',
  U64: 'uint64',
  U32: 'uint32',
  U16: 'uint16',
  U8: 'uint8',
  BOOL: 'bool',
}

const largestHeaderBytes = 100_000_000
const lengthBytes = 8

const tensorSchema = z.object({
  dtype: z.string(),
  shape: z.array(z.int().nonnegative()),
  data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
})
const headerSchema = z.record(z.string(), z.unknown())

/** The tensors of a `.safetensors` file: a length, a JSON header, numbers. Errors: `file-unreadable`, `file-truncated`. */
export async function safetensorsItem(path: string): Promise<Item> {
  const name = basename(path)
  const damaged = () =>
    new UserError(
      'file-unreadable',
      `"${name}" is not a valid safetensors file.`,
      'Copy or download the file again.',
    )
  const fileBytes = (await statInput(path)).size
  const length = await readBytes(path, 0, lengthBytes)
  if (length.length < lengthBytes) throw damaged()
  const headerBytes = Number(length.readBigUInt64LE(0))
  if (headerBytes > largestHeaderBytes) throw damaged()
  if (lengthBytes + headerBytes > fileBytes) throw truncatedError(path, lengthBytes + headerBytes, fileBytes)
  const header = headerSchema.safeParse(
    parsed((await readBytes(path, lengthBytes, headerBytes)).toString('utf8')),
  )
  if (!header.success) throw damaged()
  const { __metadata__: metadata, ...tensors } = header.data
  const dataStart = lengthBytes + headerBytes
  const members = Object.entries(tensors).map(([tensorName, description]) => {
    const tensor = tensorSchema.safeParse(description)
    if (!tensor.success) throw damaged()
    const {
      dtype,
      shape,
      data_offsets: [from, to],
    } = tensor.data
    if (to < from || dataStart + to > fileBytes) throw truncatedError(path, dataStart + to, fileBytes)
    const read = () => readBytes(path, dataStart + from, to - from)
    return { name: tensorName, item: tensorItem(elementTypes[dtype], dtype, shape, to - from, read) }
  })
  return {
    type: `dictionary of ${members.length} tensors`,
    members: () => [
      ...(metadata === undefined ? [] : [{ name: '__metadata__', item: jsonItem(metadata) }]),
      ...members,
    ],
  }
}

function tensorItem(
  elementType: ElementType | undefined,
  code: string,
  shape: readonly number[],
  bytes: number,
  read: () => Promise<Buffer>,
): Item {
  const type = `tensor of ${arrayType(elementType ?? code, shape)}`
  const count = elementCount(shape)
  if (elementType === undefined || count * elementBytes[elementType] !== bytes) return { type }
  return {
    type,
    elements: count,
    value: async () => {
      const data = await read()
      const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
      const elements = Array.from({ length: count }, (_, n) =>
        elementAt(view, n * elementBytes[elementType], elementType, true),
      )
      return nested(elements, shape)
    },
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
