import { encodeOnnx } from '../encode-onnx.js'
import { type Graph } from '../graph-builder.js'
import { floatTensor, openSession } from '../../runtime/onnx-runtime.js'
import { arrayOf, type NumberArray } from './array.js'

/** Runs a graph by onnxruntime on the CPU, in float32. */
export async function runOnRuntime(
  graph: Graph,
  inputs: Readonly<Record<string, NumberArray>>,
): Promise<Record<string, NumberArray>> {
  const session = await openSession(encodeOnnx(graph, { name: 'test' }), { provider: 'cpu', threads: 1 })
  try {
    const given = await Promise.all(
      Object.entries(inputs).map(
        async ([name, { shape, values }]) =>
          [name, await floatTensor(Float32Array.from(values), shape)] as const,
      ),
    )
    const outputs = await session.run(Object.fromEntries(given))
    return Object.fromEntries(
      Object.entries(outputs).map(([name, { dims, data }]) => [
        name,
        arrayOf(dims, Array.from(data, Number)),
      ]),
    )
  } finally {
    await session.dispose()
  }
}

/** Largest difference of two arrays, as a share of the greatest expected value (or of 1e-3 where all are small). */
export function relativeError(actual: NumberArray, expected: NumberArray): number {
  if (actual.shape.join() !== expected.shape.join()) return Infinity
  let [error, greatest] = [0, 1e-3]
  for (const [n, value] of expected.values.entries()) {
    error = Math.max(error, Math.abs(actual.values[n] - value))
    greatest = Math.max(greatest, Math.abs(value))
  }
  return error / greatest
}
