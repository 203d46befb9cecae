import { writeFile } from 'node:fs/promises'
import { zipSync } from 'fflate'
import { File, ready } from 'h5wasm/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type InspectedNode } from '../../contract/operations/inspect.js'
import { temporaryFolder } from '../testing/temporary-folder.js'
import { inspect } from './inspect.operation.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const context = {
  signal: new AbortController().signal,
  onProgress: () => undefined,
  onEvent: () => undefined,
}
const look = (name: string, key?: string) => inspect({ path: folder.file(name), key }, context)

async function lookAt(name: string, content: Uint8Array | string, key?: string) {
  await writeFile(folder.file(name), content)
  return look(name, key)
}

/** Names, types and values as lines. */
function outline(node: InspectedNode | null): string[] {
  if (node === null) return []
  const value = node.value === undefined ? '' : ` = ${JSON.stringify(node.value)}`
  return [`${node.name}: ${node.type}${value}`, ...node.children.flatMap(outline)]
}

/** An `.npy` file of format 1.0. */
function npy(description: string, data: Uint8Array): Buffer {
  const header = `${description}\n`
  const length = Buffer.alloc(2)
  length.writeUInt16LE(header.length)
  return Buffer.concat([Buffer.from('\x93NUMPY\x01\0', 'latin1'), length, Buffer.from(header), data])
}

const bytesOf = (array: Float64Array | Int16Array | Float32Array): Buffer =>
  Buffer.from(array.buffer, array.byteOffset, array.byteLength)

const matrixNpy = npy(
  "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3), }",
  bytesOf(new Float64Array([1, 4, 2, 5, 3, NaN])),
)

/** One field of a protobuf message: number, wire type, content. */
function field(number: number, content: number | string | Buffer): Buffer {
  if (typeof content === 'number') return Buffer.from([number << 3, ...varint(content)])
  const bytes = Buffer.from(content)
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...varint(bytes.length)]), bytes])
}

const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))]

const message = (...fields: Buffer[]): Buffer => Buffer.concat(fields)

/** y = x w + elsewhere, after onnx.proto: w is stored, `big` lies in another file. */
function onnxModel(): Buffer {
  const tensorType = (...sizes: Buffer[]) =>
    message(field(1, message(field(1, 1), field(2, message(...sizes.map((size) => field(1, size)))))))
  const input = message(field(1, 'x'), field(2, tensorType(field(2, 'batch'), field(1, 2))))
  const output = message(field(1, 'y'), field(2, tensorType(field(1, 1))))
  const stored = message(
    field(1, 2),
    field(2, 1),
    field(8, 'w'),
    field(9, bytesOf(new Float32Array([0.5, -1.5]))),
  )
  const location = message(field(1, 'location'), field(2, 'weights.bin'))
  const external = message(field(1, 300), field(2, 1), field(8, 'big'), field(13, location), field(14, 1))
  const node = message(field(1, 'x'), field(1, 'w'), field(2, 'y'), field(4, 'MatMul'))
  const graph = message(
    ...[field(1, node), field(2, 'g'), field(5, stored), field(5, external)],
    ...[field(11, input), field(12, output)],
  )
  return message(
    field(1, 8),
    field(2, 'by hand'),
    field(7, graph),
    field(8, field(2, 17)),
    field(14, message(field(1, 'author'), field(2, 'me'))),
  )
}

describe('inspect', () => {
  it('shows a PyTorch file and one of its values', async () => {
    const path = new URL('../torch-file/testing/fixtures/values.pt', import.meta.url).pathname
    const { title, tree } = await inspect({ path }, context)
    expect(title).toBe('values.pt: PyTorch file')
    const lines = outline(tree)
    expect(lines).toContain('a: tensor of float32, 3 x 3 = [[1,5,9],[2,6,10],[3,7,11]]')
    expect(lines).toContain('p: Path = "/a/b"')
    expect(lines).toContain('st: dictionary of 2')
    expect(lines).toContain('dt: type = "torch.float32"')
    const weight = await inspect({ path, key: 'st.bias' }, context)
    expect(outline(weight.tree)[0]).toMatch(/^st\.bias: tensor of float32, 1 = \[-?0\.\d+\]$/)
    await expect(inspect({ path, key: 'st.nothing' }, context)).rejects.toMatchObject({
      code: 'input-invalid',
      hint: 'There is: weight, bias.',
    })
  })

  it('shows NumPy arrays in row-major order, whatever order they are stored in', async () => {
    const { tree } = await lookAt('m.npy', matrixNpy)
    expect(outline(tree)).toEqual([': array of float64, 2 x 3, column-major = [[1,2,3],[4,5,"nan"]]'])
    const big = npy(
      "{'descr': '>i2', 'fortran_order': False, 'shape': (2,), }",
      Buffer.from([1, 0, 255, 254]),
    )
    expect(outline((await lookAt('b.npy', big)).tree)).toEqual([': array of int16, 2 = [256,-2]'])
    const archive = zipSync({ 'one.npy': matrixNpy, 'two.npy': big, 'note.txt': Buffer.from('x') })
    expect(outline((await lookAt('a.npz', archive)).tree)).toEqual([
      ': archive of 2 arrays',
      'one: array of float64, 2 x 3, column-major = [[1,2,3],[4,5,"nan"]]',
      'two: array of int16, 2 = [256,-2]',
    ])
    await expect(lookAt('cut.npy', matrixNpy.subarray(0, -8))).rejects.toMatchObject({
      code: 'file-truncated',
    })
    await expect(lookAt('bad.npy', npy("{'shape': 1}", Buffer.alloc(0)))).rejects.toThrow('header')
    const records = npy("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,), }", Buffer.alloc(8))
    expect(outline((await lookAt('r.npy', records)).tree)).toEqual([': array of structured, 1'])
  })

  it('shows safetensors, and refuses wrong ones', async () => {
    const file = (header: string, data: Buffer) => {
      const length = Buffer.alloc(8)
      length.writeBigUInt64LE(BigInt(header.length))
      return Buffer.concat([length, Buffer.from(header), data])
    }
    const header = '{"__metadata__":{"by":"me"},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}'
    const good = file(header, bytesOf(new Float32Array([1, 2])))
    expect(outline((await lookAt('a.safetensors', good)).tree)).toEqual([
      ': dictionary of 1 tensors',
      '__metadata__: dictionary of 1',
      'by: text = "me"',
      'w: tensor of float32, 2 = [1,2]',
    ])
    await expect(lookAt('b.safetensors', good.subarray(0, -4))).rejects.toMatchObject({
      code: 'file-truncated',
    })
    await expect(lookAt('c.safetensors', file('{"w":3}', Buffer.alloc(0)))).rejects.toThrow(
      'not a valid safetensors',
    )
    await expect(lookAt('d.safetensors', Buffer.from('ffffffffffffffff7b7d', 'hex'))).rejects.toMatchObject({
      code: 'file-unreadable',
    })
  })

  it('shows what an ONNX model takes, gives and weighs', async () => {
    const { facts, tree } = await lookAt('m.onnx', onnxModel())
    expect(facts).toEqual([
      { name: 'producer', value: 'by hand' },
      { name: 'opset', value: 'ai.onnx 17' },
      { name: 'IR version', value: '8' },
      { name: 'operators', value: '1' },
    ])
    expect(outline(tree)).toEqual([
      ': ONNX model',
      'inputs: 1 inputs',
      'x: float32, batch x 2',
      'outputs: 1 outputs',
      'y: float32, 1',
      'operators: dictionary of 1',
      'MatMul: number = 1',
      'initializers: 2 tensors',
      'w: float32, 2 = [0.5,-1.5]',
      'big: float32, 300, in "weights.bin"',
      'metadata: dictionary of 1',
      'author: text = "me"',
    ])
    await expect(lookAt('no.onnx', 'This is not a model.')).rejects.toMatchObject({ code: 'file-unreadable' })
    await expect(lookAt('half.onnx', onnxModel().subarray(0, 60))).rejects.toMatchObject({
      code: 'file-unreadable',
    })
  })

  it('shows HDF5 without reading more than it shows', async () => {
    await ready
    const file = new File(folder.file('a.h5'), 'w')
    const group = file.create_group('camera')
    group.create_dataset({ name: 'intrinsic', data: new Float64Array([1, 0, 0, 1]), shape: [2, 2] })
    group.create_dataset({ name: 'name', data: 'C-arm' })
    file.create_dataset({ name: 'volume', data: new Int16Array(1000), shape: [10, 10, 10] })
    file.close()
    expect(outline((await look('a.h5')).tree)).toEqual([
      ': group of 2',
      'camera: group of 2',
      'intrinsic: float64, 2 x 2 = [[1,0],[0,1]]',
      'name: text = "C-arm"',
      'volume: int16, 10 x 10 x 10',
    ])
    expect((await look('a.h5', 'volume')).tree?.value).toHaveLength(10)
    const cut = Buffer.from('894844460d0a1a0a0000000000080800', 'hex')
    await expect(lookAt('cut.h5', cut)).rejects.toMatchObject({ code: 'file-unreadable' })
  })

  it('shows an ITK transform as its matrix', async () => {
    const text = [
      '#Insight Transform File V1.0',
      '#Transform 0',
      'Transform: TranslationTransform_double_3_3',
      'Parameters: 1 2 3',
      'FixedParameters:',
    ].join('\n')
    const { tree, facts } = await lookAt('t.tfm', `${text}\n`)
    expect(facts[0]).toEqual({ name: 'type', value: 'TranslationTransform' })
    expect(outline(tree)[1]).toBe('matrix: list of 4 = [[1,0,0,1],[0,1,0,2],[0,0,1,3],[0,0,0,1]]')
  })

  it('shows JSON, and anything else as info does', async () => {
    const { title, tree } = await lookAt('p.json', '{"points":[{"name":"a","position":[1,2,3]}],"n":null}')
    expect(title).toBe('p.json: JSON')
    expect(outline(tree)).toEqual([
      ': dictionary of 2',
      'points: list of 1',
      '[0]: dictionary of 2',
      'name: text = "a"',
      'position: list of 3 = [1,2,3]',
      'n: none',
    ])
    expect((await look('p.json', 'points[0].position[2]')).tree?.value).toBe(3)
    expect(await lookAt('note.txt', 'hello')).toMatchObject({ title: 'note.txt: text', tree: null })
    await expect(lookAt('unknown.bin', Buffer.from([1, 2, 3, 250]))).rejects.toMatchObject({
      code: 'format-unknown',
    })
    await expect(lookAt('a.zip', zipSync({ a: Buffer.from('x') }))).rejects.toMatchObject({
      code: 'format-unknown',
    })
  })
})
