import { describe, expect, it } from 'vitest'
import { encodeMessage, MessageDecoder } from './codec.js'
import { encodeFrameHeader, maximumPayloadBytes, WireFormatError } from './frames.js'

function bytesOf(chunks: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(chunks))
}

function frame(kind: number, payload: Uint8Array | string): Uint8Array {
  const bytes = typeof payload === 'string' ? new TextEncoder().encode(payload) : payload
  return bytesOf([encodeFrameHeader(kind, bytes.length), bytes])
}

const message = {
  type: 'reply',
  id: 'Größe',
  output: {
    pixels: Float32Array.of(1.5, -0, 3e-38),
    views: [{ valid: Uint8Array.of(0, 255) }, { valid: new Uint8Array(0) }],
    voxels: Int16Array.of(-1024, 3071),
    truth: Float64Array.of(Math.PI),
    mask: null,
    figure: 0.1,
    flags: [true, false],
  },
}

describe('the wire codec', () => {
  it('returns the same tree for a stream split at every byte boundary', () => {
    const bytes = bytesOf(encodeMessage(message))
    for (let cut = 0; cut <= bytes.length; cut++) {
      const decoder = new MessageDecoder()
      const decoded = [...decoder.push(bytes.subarray(0, cut)), ...decoder.push(bytes.subarray(cut))]
      expect(decoded).toEqual([message])
    }
  })

  it('decodes several messages of one chunk, and single bytes', () => {
    const bytes = bytesOf([...encodeMessage({ a: 1 }), ...encodeMessage(message), ...encodeMessage({ b: 2 })])
    expect(new MessageDecoder().push(bytes)).toEqual([{ a: 1 }, message, { b: 2 }])
    const decoder = new MessageDecoder()
    expect([...bytes].flatMap((byte) => decoder.push(Uint8Array.of(byte)))).toEqual([
      { a: 1 },
      message,
      { b: 2 },
    ])
  })

  it('carries NaN and infinities inside typed arrays, and every array type', () => {
    const arrays = [
      Uint8Array.of(1),
      Int8Array.of(-1),
      Uint16Array.of(65535),
      Int16Array.of(-32768),
      Uint32Array.of(4294967295),
      Int32Array.of(-5),
      Float32Array.of(NaN, Infinity),
      Float64Array.of(-Infinity, NaN),
    ]
    expect(new MessageDecoder().push(bytesOf(encodeMessage({ arrays })))).toEqual([{ arrays }])
  })

  it('sends only the viewed part of a larger buffer', () => {
    const view = Float32Array.of(0, 1, 2, 3).subarray(1, 3)
    expect(new MessageDecoder().push(bytesOf(encodeMessage({ view })))).toEqual([
      { view: Float32Array.of(1, 2) },
    ])
  })

  it('copies shared memory, which may change before it is written', () => {
    const shared = new Float32Array(new SharedArrayBuffer(8))
    shared.set([1, 2])
    const chunks = encodeMessage({ shared })
    shared.fill(9)
    expect(new MessageDecoder().push(bytesOf(chunks))).toEqual([{ shared: Float32Array.of(1, 2) }])
  })

  it('carries an array of 64 MiB that arrives in pipe-sized pieces, without JSON of its size', () => {
    const large = new Float32Array(16 * 1024 * 1024).map((_, index) => index % 1021)
    const chunks = encodeMessage({ large })
    expect(chunks[chunks.length - 1]?.length).toBeLessThan(100)
    const bytes = bytesOf(chunks)
    const decoder = new MessageDecoder()
    const decoded: unknown[] = []
    for (let start = 0; start < bytes.length; start += 65536) {
      decoded.push(...decoder.push(bytes.subarray(start, start + 65536)))
    }
    const [received] = decoded
    const array = received && typeof received === 'object' && 'large' in received ? received.large : null
    expect(array).toBeInstanceOf(Float32Array)
    expect(
      array instanceof Float32Array && Buffer.compare(Buffer.from(array.buffer), Buffer.from(large.buffer)),
    ).toBe(0)
  })

  it('leaves undefined members out', () => {
    expect(new MessageDecoder().push(bytesOf(encodeMessage({ a: undefined, b: 1 })))).toEqual([{ b: 1 }])
  })

  it('keeps members called __proto__ as data', () => {
    const tree: unknown = JSON.parse('{"m":{"__proto__":{"polluted":1}}}')
    const [decoded] = new MessageDecoder().push(bytesOf(encodeMessage(tree as object)))
    expect(JSON.stringify(decoded)).toBe('{"m":{"__proto__":{"polluted":1}}}')
    expect(Object.prototype).not.toHaveProperty('polluted')
  })

  it.each([
    ['a number that JSON cannot hold', { progress: { fraction: NaN } }, /"progress\.fraction" .* NaN/],
    ['a function', { callback: () => 1 }, /"callback" .* function/],
    ['an instance of a class', { when: new Date(0) }, /"when" .* instance of a class/],
  ])('refuses to encode %s and names it', (_, value, expected) => {
    expect(() => encodeMessage(value)).toThrow(expected)
  })
})

describe('malformed frames', () => {
  const header = new Uint8Array(5)
  new DataView(header.buffer).setUint32(0, maximumPayloadBytes + 1, true)

  it.each([
    ['a length beyond the limit', header, /announces 1073741825 bytes/],
    ['an unknown kind', frame(99, 'x'), /kind 99 is unknown/],
    ['an array of broken elements', frame(7, new Uint8Array(6)), /not a multiple of 4/],
    ['bytes that are no JSON', frame(0, '{"value":'), /valid JSON/],
    ['bytes that are no UTF-8', frame(0, Uint8Array.of(0x22, 0xff, 0x22)), /valid JSON/],
    ['JSON without the envelope', frame(0, '{"type":"ready"}'), /envelope/],
    ['a missing array frame', frame(0, '{"value":{"a":null},"arrays":[["a"]]}'), /names 1 arrays, but 0/],
    [
      'an array frame too many',
      bytesOf([frame(1, 'x'), frame(0, '{"value":{},"arrays":[]}')]),
      /but 1 array frames/,
    ],
    [
      'an array without its place',
      bytesOf([frame(1, 'x'), frame(0, '{"value":{},"arrays":[["a"]]}')]),
      /not exist/,
    ],
    [
      'an array over another value',
      bytesOf([frame(1, 'x'), frame(0, '{"value":{"a":1},"arrays":[["a"]]}')]),
      /no place for an array/,
    ],
    [
      'an array on a prototype',
      bytesOf([frame(1, 'x'), frame(0, '{"value":{},"arrays":[["__proto__","a"]]}')]),
      /does not exist/,
    ],
  ])('%s gives a clear error', (_, bytes, expected) => {
    const decoder = new MessageDecoder()
    expect(() => decoder.push(bytes)).toThrow(WireFormatError)
    expect(() => new MessageDecoder().push(bytes)).toThrow(expected)
  })
})
