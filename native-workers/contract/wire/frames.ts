/** Bytes that do not follow the wire's format; the connection they came from is of no further use. */
export class WireFormatError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'WireFormatError'
  }
}

/** One frame: `[u32 payload length, little endian][u8 kind][payload]`. */
export interface Frame {
  readonly kind: number
  readonly payload: Uint8Array
}

const headerBytes = 5
/** Above any message of the contract; a larger length means that the stream is out of step. */
export const maximumPayloadBytes = 1 << 30

/** The header that stands before a payload of `payloadBytes` bytes. */
export function encodeFrameHeader(kind: number, payloadBytes: number): Uint8Array {
  if (payloadBytes > maximumPayloadBytes) {
    throw new WireFormatError(`A frame of ${payloadBytes} bytes exceeds the limit of ${maximumPayloadBytes}.`)
  }
  const header = new Uint8Array(headerBytes)
  const view = new DataView(header.buffer)
  view.setUint32(0, payloadBytes, true)
  view.setUint8(4, kind)
  return header
}

/**
 * Cuts a byte stream into frames, whatever the chunks it arrives in. Each payload is a buffer of its own, so
 * that typed arrays over it are aligned.
 */
export class FrameReader {
  private readonly header = new Uint8Array(headerBytes)
  private headerFilled = 0
  private payload: Uint8Array<ArrayBuffer> | null = null
  private payloadFilled = 0

  /** Takes the next bytes and returns the frames that they complete. Throws `WireFormatError`. */
  push(chunk: Uint8Array): Frame[] {
    const frames: Frame[] = []
    let offset = 0
    while (offset < chunk.length || this.isComplete()) {
      if (this.payload === null) {
        offset += this.fillHeader(chunk, offset)
        continue
      }
      offset += this.fillPayload(this.payload, chunk, offset)
      if (this.isComplete()) {
        frames.push({ kind: this.header[4] ?? 0, payload: this.payload })
        this.payload = null
        this.headerFilled = 0
      }
    }
    return frames
  }

  private isComplete(): boolean {
    return this.payload !== null && this.payloadFilled === this.payload.length
  }

  private fillHeader(chunk: Uint8Array, offset: number): number {
    const taken = Math.min(headerBytes - this.headerFilled, chunk.length - offset)
    this.header.set(chunk.subarray(offset, offset + taken), this.headerFilled)
    this.headerFilled += taken
    if (this.headerFilled === headerBytes) {
      const length = new DataView(this.header.buffer).getUint32(0, true)
      if (length > maximumPayloadBytes) {
        throw new WireFormatError(`A frame announces ${length} bytes; the limit is ${maximumPayloadBytes}.`)
      }
      this.payload = new Uint8Array(length)
      this.payloadFilled = 0
    }
    return taken
  }

  private fillPayload(payload: Uint8Array, chunk: Uint8Array, offset: number): number {
    const taken = Math.min(payload.length - this.payloadFilled, chunk.length - offset)
    payload.set(chunk.subarray(offset, offset + taken), this.payloadFilled)
    this.payloadFilled += taken
    return taken
  }
}
