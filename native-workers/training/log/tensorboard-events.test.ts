import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decode } from 'fast-png'
import { Reader } from 'protobufjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../imaging/testing/temporary-folder.js'
import { smallStep } from '../testing/small-training.js'
import { crc32c } from './crc32c.js'
import { TensorboardEvents } from './tensorboard-events.js'

const folder = temporaryFolder({ beforeAll, afterAll })

function valueOf(reader: Reader, wireType: number): number | Uint8Array | undefined {
  switch (wireType) {
    case 0:
      return Number(reader.uint64())
    case 1:
      return reader.double()
    case 2:
      return reader.bytes()
    case 5:
      return reader.float()
  }
  return undefined
}

/** The fields of a protobuf message by their numbers, read without its schema. */
function fields(bytes: Uint8Array): Map<number, (number | Uint8Array)[]> {
  const reader = Reader.create(bytes)
  const found = new Map<number, (number | Uint8Array)[]>()
  while (reader.pos < reader.len) {
    const tag = reader.uint32()
    const value = valueOf(reader, tag & 7)
    if (value === undefined) throw new Error('no such type')
    found.set(tag >>> 3, [...(found.get(tag >>> 3) ?? []), value])
  }
  return found
}

const bytesOf = (value: number | Uint8Array | undefined): Uint8Array =>
  value instanceof Uint8Array ? value : new Uint8Array()
const textOf = (value: number | Uint8Array | undefined): string => Buffer.from(bytesOf(value)).toString()

function unmasked(checksum: number): number {
  const rotated = (checksum - 0xa282ead8) >>> 0
  return ((rotated << 15) | (rotated >>> 17)) >>> 0
}

/** The records of a TFRecord file, after their checksums were compared. */
function records(file: Buffer): Buffer[] {
  const found: Buffer[] = []
  for (let position = 0; position < file.length;) {
    const length = Number(file.readBigUInt64LE(position))
    const data = file.subarray(position + 12, position + 12 + length)
    expect(unmasked(file.readUInt32LE(position + 8))).toBe(crc32c(file.subarray(position, position + 8)))
    expect(unmasked(file.readUInt32LE(position + 12 + length))).toBe(crc32c(data))
    found.push(data)
    position += 16 + length
  }
  return found
}

async function eventsIn(path: string): Promise<Map<number, (number | Uint8Array)[]>[]> {
  const [name] = await readdir(path)
  expect(name).toMatch(/^events\.out\.tfevents\.\d{10}\./)
  return records(await readFile(join(path, name))).map(fields)
}

describe('crc32c', () => {
  it('gives the values of RFC 3720', () => {
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa)
    expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43)
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283)
  })
})

describe('TensorboardEvents', () => {
  it('writes scalars and pictures by step', async () => {
    const path = folder.file('a')
    await mkdir(path)
    const events = await TensorboardEvents.create(path, 0)
    await events.add(smallStep(4))
    await events.add({
      kind: 'validation',
      iteration: 4,
      count: 8,
      medianMtreMm: 12.5,
      percentile90MtreMm: 40,
      elapsedMs: 1,
    })
    events.addImage(4, 'predictions', 2, 1, Uint8Array.of(0, 255))
    await events.close()
    const [first, step, validation, picture] = await eventsIn(path)
    expect(textOf(first.get(3)?.[0])).toBe('brain.Event:2')
    expect(first.get(1)?.[0]).toBeGreaterThan(1.7e9)
    const scalars = (event: Map<number, (number | Uint8Array)[]>) =>
      (fields(bytesOf(event.get(5)?.[0])).get(1) ?? []).map((value) => {
        const scalar = fields(bytesOf(value))
        return [textOf(scalar.get(1)?.[0]), scalar.get(2)?.[0]]
      })
    expect(step.get(2)).toEqual([4])
    expect(scalars(step)).toEqual([
      ['loss/total', 0.25],
      ['loss/mncc', 0.5],
      ['loss/dgeo', 20],
      ['lr', Math.fround(2e-4)],
      ['kept', 1],
      ['samples per second', 10],
    ])
    expect(scalars(validation)).toEqual([
      ['mTRE/median', 12.5],
      ['mTRE/p90', 40],
    ])
    const value = fields(bytesOf(fields(bytesOf(picture.get(5)?.[0])).get(1)?.[0]))
    const image = fields(bytesOf(value.get(4)?.[0]))
    expect([image.get(1), image.get(2), image.get(3)]).toEqual([[1], [2], [1]])
    expect([...decode(bytesOf(image.get(4)?.[0])).data]).toEqual([0, 255])
  })

  it('tells of a restart, which voids what an interrupted run wrote beyond it', async () => {
    const path = folder.file('b')
    await mkdir(path)
    const events = await TensorboardEvents.create(path, 20)
    await events.close()
    const [, start] = await eventsIn(path)
    expect(start.get(2)).toEqual([21])
    expect([...bytesOf(start.get(7)?.[0])]).toEqual([0x08, 1])
  })
})
