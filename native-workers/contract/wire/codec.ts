import { z } from 'zod'
import { encodeFrameHeader, FrameReader, WireFormatError, type Frame } from './frames.js'
import { decodeTypedArray, encodeTypedArray, type WireArray } from './typed-arrays.js'

const jsonKind = 0

type PathStep = string | number
type Tree = null | boolean | number | string | Tree[] | { [key: string]: Tree }

/** Typed arrays travel in frames of their own, ahead of the JSON that says where each belongs. */
const envelopeSchema = z.object({
  value: z.unknown(),
  arrays: z.array(z.array(z.union([z.string(), z.int().nonnegative()])).min(1)),
})

/**
 * A value tree (plain objects, arrays, strings, finite numbers, booleans, null, typed arrays) as byte chunks
 * to be written in this order and without others between them. `undefined` members are left out, as in JSON.
 * Throws `WireFormatError` naming the member that can't be carried.
 */
export function encodeMessage(message: object): Uint8Array[] {
  const chunks: Uint8Array[] = []
  const arrays: PathStep[][] = []
  const value = strip(message, [], (path, array) => {
    arrays.push(path)
    chunks.push(encodeFrameHeader(array.kind, array.bytes.length), array.bytes)
  })
  const json = new TextEncoder().encode(JSON.stringify({ value, arrays }))
  chunks.push(encodeFrameHeader(jsonKind, json.length), json)
  return chunks
}

function strip(
  value: unknown,
  path: PathStep[],
  onArray: (path: PathStep[], array: { kind: number; bytes: Uint8Array }) => void,
): Tree {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') {
    if (!Number.isFinite(value))
      throw new WireFormatError(`${describe(path)} is ${value}, not a finite number.`)
    return value
  }
  if (typeof value !== 'object') throw new WireFormatError(`${describe(path)} is a ${typeof value}.`)
  const typedArray = encodeTypedArray(value)
  if (typedArray !== null) {
    onArray(path, typedArray)
    return null
  }
  if (Array.isArray(value)) return value.map((item, index) => strip(item, [...path, index], onArray))
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) {
    throw new WireFormatError(`${describe(path)} is an instance of a class.`)
  }
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(members.map(([key, member]) => [key, strip(member, [...path, key], onArray)]))
}

function describe(path: readonly PathStep[]): string {
  return path.length === 0 ? 'The message' : `"${path.join('.')}" of the message`
}

/** Rebuilds the messages of `encodeMessage` from a byte stream. After an error the stream is lost. */
export class MessageDecoder {
  private readonly frames = new FrameReader()
  private arrays: WireArray[] = []

  /** Takes the next bytes and returns the messages that they complete. Throws `WireFormatError`. */
  push(chunk: Uint8Array): unknown[] {
    return this.frames.push(chunk).flatMap((frame) => {
      if (frame.kind === jsonKind) return [this.assemble(frame)]
      this.arrays.push(decodeTypedArray(frame.kind, frame.payload))
      return []
    })
  }

  private assemble(frame: Frame): unknown {
    const arrays = this.arrays
    this.arrays = []
    const envelope = envelopeSchema.safeParse(parseJson(frame.payload))
    if (!envelope.success)
      throw new WireFormatError('A control frame lacks its envelope of value and arrays.')
    if (envelope.data.arrays.length !== arrays.length) {
      throw new WireFormatError(
        `A message names ${envelope.data.arrays.length} arrays, but ${arrays.length} array frames came before it.`,
      )
    }
    const { value } = envelope.data
    arrays.forEach((array, index) => place(value, envelope.data.arrays[index] ?? [], array))
    return value
  }
}

function parseJson(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload))
  } catch {
    throw new WireFormatError('A control frame does not hold valid JSON.')
  }
}

/** Only an own member that holds null is replaced, so no path can reach a prototype or another value. */
function place(root: unknown, path: readonly PathStep[], array: WireArray): void {
  let parent = root
  for (const step of path.slice(0, -1)) parent = ownMember(parent, step, path)
  const last = path[path.length - 1] ?? ''
  if (ownMember(parent, last, path) !== null || typeof parent !== 'object' || parent === null) {
    throw new WireFormatError(`${describe(path)} is no place for an array.`)
  }
  Object.defineProperty(parent, last, { value: array, writable: true, enumerable: true, configurable: true })
}

function ownMember(parent: unknown, step: PathStep, path: readonly PathStep[]): unknown {
  const descriptor =
    typeof parent === 'object' && parent !== null ? Object.getOwnPropertyDescriptor(parent, step) : undefined
  if (descriptor === undefined) throw new WireFormatError(`${describe(path)} does not exist.`)
  return descriptor.value
}
