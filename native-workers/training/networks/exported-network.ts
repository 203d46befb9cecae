import { type TrainingConfiguration } from '../../contract/training/configuration.js'
import { encodeOnnx } from '../graph/encode-onnx.js'
import { type NamedArray } from '../trainer.js'
import { type ResnetShape } from './resnet.js'
import { inferenceGraph } from './trainable-pose-network.js'

/** The ONNX model of a trained network, for any number of X-rays. `shape` is for tests. */
export function exportedNetwork(
  { network, detector }: Pick<TrainingConfiguration, 'network' | 'detector'>,
  parameters: readonly NamedArray[],
  shape?: ResnetShape,
): Uint8Array {
  const graph = inferenceGraph(network, detector.height, parameters, shape)
  return encodeOnnx(graph, { name: network.name, openBatch: ['xray', 'rotation', 'translation'] })
}
