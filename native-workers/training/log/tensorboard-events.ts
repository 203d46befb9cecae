import { open, type FileHandle } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { encode } from 'fast-png'
import protobuf from 'protobufjs'
import { maskedCrc32c } from './crc32c.js'
import type { TrainingMeasurement } from '../../contract/training/measurement.js'
import { outputError } from '../../imaging/atomic-write.js'

/** Of tensorflow/core/util/event.proto and framework/summary.proto, what is written here. */
const schema = {
  nested: {
    Event: {
      oneofs: { what: { oneof: ['fileVersion', 'summary', 'sessionLog'] } },
      fields: {
        wallTime: { type: 'double', id: 1 },
        step: { type: 'int64', id: 2 },
        fileVersion: { type: 'string', id: 3 },
        summary: { type: 'Summary', id: 5 },
        sessionLog: { type: 'SessionLog', id: 7 },
      },
    },
    Summary: { fields: { value: { rule: 'repeated', type: 'Value', id: 1 } } },
    Value: {
      oneofs: { what: { oneof: ['simpleValue', 'image'] } },
      fields: {
        tag: { type: 'string', id: 1 },
        simpleValue: { type: 'float', id: 2 },
        image: { type: 'Image', id: 4 },
      },
    },
    Image: {
      fields: {
        height: { type: 'int32', id: 1 },
        width: { type: 'int32', id: 2 },
        colorspace: { type: 'int32', id: 3 },
        encodedImageString: { type: 'bytes', id: 4 },
      },
    },
    SessionLog: { fields: { status: { type: 'int32', id: 1 } } },
  },
}
const eventType = protobuf.Root.fromJSON(schema).lookupType('Event')
/** SessionLog.START: whatever older files say of this step and later ones is void. */
const sessionStart = 1
const flushIntervalMs = 5000

/** Writes a training's curves in the form that TensorBoard shows: one events file for each run. */
export class TensorboardEvents {
  private pending: Buffer[] = []
  private flushedAtMs = performance.now()

  private constructor(
    private readonly file: FileHandle,
    private readonly path: string,
  ) {}

  /** Starts the file of a run that begins after `iteration`. Errors: `output-unwritable`. */
  static async create(folder: string, iteration: number): Promise<TensorboardEvents> {
    const seconds = Math.floor(Date.now() / 1000)
    const stem = `events.out.tfevents.${String(seconds).padStart(10, '0')}.${hostname()}.${process.pid}`
    const path = join(folder, stem)
    try {
      // Two runs of one process within a second write one after the other into the same file.
      const events = new TensorboardEvents(await open(path, 'a'), path)
      events.put(0, { fileVersion: 'brain.Event:2' })
      if (iteration > 0) events.put(iteration + 1, { sessionLog: { status: sessionStart } })
      await events.flush()
      return events
    } catch (error) {
      throw outputError(error, path)
    }
  }

  /** Reaches the file within seconds of further measurements, or at `flush`. Errors: `output-unwritable`. */
  async add(measurement: TrainingMeasurement): Promise<void> {
    const scalars = scalarsOf(measurement)
    if (scalars.length > 0) {
      const value = scalars.map(([tag, simpleValue]) => ({ tag, simpleValue }))
      this.put(measurement.iteration, { summary: { value } })
    }
    if (performance.now() - this.flushedAtMs >= flushIntervalMs) await this.flush()
  }

  /** An 8-bit grey picture, row-major, e.g. the grid of X-rays over predictions. */
  addImage(iteration: number, tag: string, width: number, height: number, pixels: Uint8Array): void {
    const encodedImageString = encode({ width, height, channels: 1, depth: 8, data: pixels })
    const image = { width, height, colorspace: 1, encodedImageString }
    this.put(iteration, { summary: { value: [{ tag, image }] } })
  }

  async flush(): Promise<void> {
    const records = this.pending
    this.pending = []
    this.flushedAtMs = performance.now()
    try {
      await this.file.appendFile(Buffer.concat(records))
    } catch (error) {
      throw outputError(error, this.path)
    }
  }

  async close(): Promise<void> {
    try {
      await this.flush()
    } finally {
      await this.file.close()
    }
  }

  private put(step: number, what: Record<string, unknown>): void {
    const event = eventType.fromObject({ wallTime: Date.now() / 1000, step, ...what })
    this.pending.push(framed(eventType.encode(event).finish()))
  }
}

function scalarsOf(measurement: TrainingMeasurement): (readonly [tag: string, value: number])[] {
  switch (measurement.kind) {
    case 'step': {
      const { loss, parts, learningRate, kept, batchSize, samplesPerSecond } = measurement
      const measured = Object.entries(parts).map(([name, value]) => [`loss/${name}`, value] as const)
      return [
        ['loss/total', loss] as const,
        ...measured,
        ['lr', learningRate] as const,
        ['kept', kept / batchSize] as const,
        ['samples per second', samplesPerSecond] as const,
      ].flatMap(([tag, value]) => (value === null ? [] : [[tag, value] as const]))
    }
    case 'validation':
      return [
        ['mTRE/median', measurement.medianMtreMm],
        ['mTRE/p90', measurement.percentile90MtreMm],
      ]
    case 'checkpoint':
      return []
  }
}

/** TFRecord: length, its checksum, the data, their checksum. */
function framed(data: Uint8Array): Buffer {
  const record = Buffer.alloc(16 + data.length)
  record.writeBigUInt64LE(BigInt(data.length), 0)
  record.writeUInt32LE(maskedCrc32c(record.subarray(0, 8)), 8)
  record.set(data, 12)
  record.writeUInt32LE(maskedCrc32c(data), 12 + data.length)
  return record
}
