import { z } from 'zod'
import { UserError } from '../../contract/errors.js'
import type { NamedArray, TrainerState } from '../trainer.js'

/** What a training counts beside the trainer's own state. */
export const trainingCountersSchema = z.object({
  iteration: z.int().nonnegative(),
  skipped: z.int().nonnegative(),
  bestMedianMtreMm: z.number().nullable(),
  elapsedMs: z.number().nonnegative(),
})
export type TrainingCounters = z.infer<typeof trainingCountersSchema>

/** All that a restart continues from. */
export interface TrainingState {
  readonly trainer: TrainerState
  readonly counters: TrainingCounters
}

const parts = ['parameters', 'firstMoments', 'secondMoments'] as const
const lengthBytes = 8
const largestHeaderBytes = 10_000_000

const headerSchema = z.object({ __metadata__: z.object({ state: z.string() }) }).catchall(
  z.object({
    dtype: z.literal('F32'),
    shape: z.array(z.int().nonnegative()),
    data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
  }),
)
const storedSchema = trainingCountersSchema.extend({ updates: z.int().nonnegative() })

/**
 * The bytes of a `.state` file, in the layout of safetensors: tensors `parameters.<name>`, `firstMoments.<name>` and
 * `secondMoments.<name>`, the counters as JSON in the metadata. In pieces, so that nothing large is copied.
 */
export function encodeState({ trainer, counters }: TrainingState): Uint8Array[] {
  const stored: z.infer<typeof storedSchema> = { ...counters, updates: trainer.updates }
  const header: Record<string, unknown> = { __metadata__: { state: JSON.stringify(stored) } }
  const data: Uint8Array[] = []
  let offset = 0
  for (const part of parts) {
    for (const { name, shape, values } of trainer[part]) {
      header[`${part}.${name}`] = { dtype: 'F32', shape, data_offsets: [offset, offset + values.byteLength] }
      data.push(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
      offset += values.byteLength
    }
  }
  const text = Buffer.from(JSON.stringify(header), 'utf8')
  // Spaces after the JSON let every number lie at a multiple of its size.
  const padded = Buffer.alloc(Math.ceil(text.length / lengthBytes) * lengthBytes, ' ')
  text.copy(padded)
  const length = Buffer.alloc(lengthBytes)
  length.writeBigUInt64LE(BigInt(padded.length))
  return [length, padded, ...data]
}

/** The state in the bytes of a `.state` file called `name`. Errors: `file-unreadable`. */
export function decodeState(bytes: Uint8Array, name: string): TrainingState {
  const damaged = () =>
    new UserError('file-unreadable', `"${name}" is not the state of a training, or is damaged.`)
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (buffer.length < lengthBytes) throw damaged()
  const headerBytes = Number(buffer.readBigUInt64LE(0))
  if (headerBytes > largestHeaderBytes || lengthBytes + headerBytes > buffer.length) throw damaged()
  const header = headerSchema.safeParse(
    parsed(buffer.toString('utf8', lengthBytes, lengthBytes + headerBytes)),
  )
  if (!header.success) throw damaged()
  const { __metadata__: metadata, ...tensors } = header.data
  const stored = storedSchema.safeParse(parsed(metadata.state))
  if (!stored.success) throw damaged()
  const data = buffer.subarray(lengthBytes + headerBytes)
  const arrays: Record<(typeof parts)[number], NamedArray[]> = {
    parameters: [],
    firstMoments: [],
    secondMoments: [],
  }
  for (const [key, { shape, data_offsets }] of Object.entries(tensors)) {
    const part = parts.find((candidate) => key.startsWith(`${candidate}.`))
    const [from, to] = data_offsets
    const count = shape.reduce((product, size) => product * size, 1)
    if (part === undefined || to - from !== 4 * count || to > data.length) throw damaged()
    // A copy, since a view would hold the whole file and might not be aligned.
    const values = new Float32Array(count)
    new Uint8Array(values.buffer).set(data.subarray(from, to))
    arrays[part].push({ name: key.slice(part.length + 1), shape, values })
  }
  const { updates, ...counters } = stored.data
  return { trainer: { ...arrays, updates }, counters }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
