import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readOnnx } from '../../imaging/onnx/read-onnx.js'
import { inferenceGraph } from '../networks/trainable-pose-network.js'
import { floatTensor, openSession } from '../runtime/onnx-runtime.js'
import { tinyDescription, tinyHeight, tinyNetwork, tinyShape } from '../testing/tiny-network.js'
import { encodeOnnx } from './encode-onnx.js'
import { predictionGraph } from './training-graph.js'
import { arrayOf } from './testing/array.js'
import { interpret } from './testing/interpret.js'
import { randomArray } from './testing/random.js'

const openBatch = ['xray', 'rotation', 'translation']
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isocenter-onnx-'))
})
afterAll(() => rm(folder, { recursive: true }))

const { network, parameters } = tinyNetwork('light')
const graph = inferenceGraph(tinyDescription('light'), tinyHeight, parameters, tinyShape)

it('writes an .onnx file that says what it takes, gives and holds', async () => {
  const path = join(folder, 'tiny.onnx')
  await writeFile(path, encodeOnnx(graph, { name: 'tiny', openBatch, metadata: { height: '32' } }))
  const model = await readOnnx(path)
  expect(model.opsetImport).toEqual([{ domain: '', version: 17 }])
  expect(model.producerName).toBe('isocenter')
  expect(model.metadataProps).toEqual([{ key: 'height', value: '32' }])
  expect(model.graph.name).toBe('tiny')
  const sizes = (value: (typeof model.graph.input)[number]) =>
    value.type?.tensorType?.shape?.dim.map(({ dimParam, dimValue }) => dimParam ?? dimValue)
  expect(model.graph.input.map(({ name }) => name)).toEqual(['xray'])
  expect(sizes(model.graph.input[0])).toEqual(['batch', 1, 32, 32])
  expect(model.graph.output.map((value) => [value.name, sizes(value)])).toEqual([
    ['rotation', ['batch', 10]],
    ['translation', ['batch', 3]],
  ])
  const stored = new Map(model.graph.initializer.map((tensor) => [tensor.name, tensor]))
  for (const { name, shape, values } of parameters) {
    const tensor = stored.get(name)
    expect(tensor?.dims, name).toEqual(shape)
    expect(Buffer.from(tensor?.rawData ?? []).equals(Buffer.from(values.buffer)), name).toBe(true)
  }
})

it.each([1, 5])('serves a batch of %d', async (batch) => {
  const session = await openSession(encodeOnnx(graph, { name: 'tiny', openBatch }), {
    provider: 'cpu',
    threads: 1,
  })
  const xrays = randomArray([batch, 1, tinyHeight, tinyHeight], 4)
  const result = await session.run({ xray: await floatTensor(Float32Array.from(xrays.values), xrays.shape) })
  await session.dispose()
  const { outputs } = interpret(predictionGraph(network, batch, tinyHeight), {
    xrays,
    ...Object.fromEntries(parameters.map(({ name, shape, values }) => [name, arrayOf(shape, values)])),
  })
  expect(result.rotation.dims).toEqual([batch, 10])
  expect(result.translation.dims).toEqual([batch, 3])
  for (let sample = 0; sample < batch; sample++) {
    const row = [
      ...Array.from(result.rotation.data, Number).slice(sample * 10, (sample + 1) * 10),
      ...Array.from(result.translation.data, Number).slice(sample * 3, (sample + 1) * 3),
    ]
    row.forEach((value, n) => {
      expect(value).toBeCloseTo(outputs.values[sample * 13 + n], 4)
    })
  }
})
