import { WireFormatError } from './frames.js'

export type WireArray =
  Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array

interface ArrayKind {
  readonly elementBytes: number
  matches(value: object): value is WireArray
  create(buffer: ArrayBuffer): WireArray
}

/** Frame kind by position + 1; kind 0 is JSON. Only append, so that the numbers keep their meaning. */
const arrayKinds: readonly ArrayKind[] = [
  { elementBytes: 1, matches: (value) => value instanceof Uint8Array, create: (b) => new Uint8Array(b) },
  { elementBytes: 1, matches: (value) => value instanceof Int8Array, create: (b) => new Int8Array(b) },
  { elementBytes: 2, matches: (value) => value instanceof Uint16Array, create: (b) => new Uint16Array(b) },
  { elementBytes: 2, matches: (value) => value instanceof Int16Array, create: (b) => new Int16Array(b) },
  { elementBytes: 4, matches: (value) => value instanceof Uint32Array, create: (b) => new Uint32Array(b) },
  { elementBytes: 4, matches: (value) => value instanceof Int32Array, create: (b) => new Int32Array(b) },
  { elementBytes: 4, matches: (value) => value instanceof Float32Array, create: (b) => new Float32Array(b) },
  { elementBytes: 8, matches: (value) => value instanceof Float64Array, create: (b) => new Float64Array(b) },
]

/** The frame kind and bytes of a typed array; null when `value` is none that the wire carries. */
export function encodeTypedArray(value: object): { kind: number; bytes: Uint8Array } | null {
  const index = arrayKinds.findIndex((kind) => kind.matches(value))
  if (index < 0 || !ArrayBuffer.isView(value)) return null
  const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
  // A view of shared memory could change between now and the writing of its bytes.
  return { kind: index + 1, bytes: value.buffer instanceof ArrayBuffer ? bytes : bytes.slice() }
}

/** The typed array of a frame; its payload must be a buffer of its own. Throws `WireFormatError`. */
export function decodeTypedArray(kind: number, payload: Uint8Array): WireArray {
  const arrayKind = arrayKinds[kind - 1]
  if (arrayKind === undefined) throw new WireFormatError(`Frame kind ${kind} is unknown.`)
  if (payload.byteLength % arrayKind.elementBytes !== 0) {
    throw new WireFormatError(
      `An array frame of kind ${kind} holds ${payload.byteLength} bytes, not a multiple of ${arrayKind.elementBytes}.`,
    )
  }
  const buffer = payload.buffer
  return buffer instanceof ArrayBuffer && payload.byteLength === buffer.byteLength
    ? arrayKind.create(buffer)
    : arrayKind.create(payload.slice().buffer)
}
