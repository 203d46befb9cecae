import { mkdir } from 'node:fs/promises'
import { type Vector3 } from '../../contract/matrix.js'
import { type TrainingConfiguration } from '../../contract/training/configuration.js'
import { networkPreprocessing } from '../augmentation/network-input.js'
import { writeCheckpoint } from '../checkpoints/write-checkpoint.js'
import { encodeOnnx } from '../graph/encode-onnx.js'
import { GraphBuilder } from '../graph/graph-builder.js'
import { rotationNumbers } from '../networks/rotation-numbers.js'
import { smallConfiguration } from './small-training.js'

type Answered = Pick<TrainingConfiguration, 'detector' | 'network'>

/** A network that looks at its X-ray and always answers the same numbers (rotation, then translation). */
export function constantNetwork({ detector, network }: Answered, outputs: readonly number[]): Uint8Array {
  const { height } = detector
  const graph = new GraphBuilder()
  const xray = graph.input('xray', [1, 1, height, height])
  const pixels = graph.node('Flatten', [xray], [1, height * height], { axis: 1 })
  const rotations = rotationNumbers[network.parameterization]
  const heads = { rotation: outputs.slice(0, rotations), translation: outputs.slice(rotations) }
  for (const [name, values] of Object.entries(heads)) {
    const weights = new Float32Array(height * height * values.length)
    const weight = graph.initializer(`${name}.weight`, [height * height, values.length], weights)
    const product = graph.node('MatMul', [pixels, weight], [1, values.length])
    graph.output(
      name,
      graph.node('Add', [product, graph.constant(values, [values.length])], [1, values.length]),
    )
  }
  return encodeOnnx(graph.build(), { name: 'constant', openBatch: ['xray', 'rotation', 'translation'] })
}

/** A training's folder with a checkpoint of `constantNetwork`. */
export async function writeConstantCheckpoint(
  folder: string,
  answered: Answered,
  outputs: readonly number[],
  isocentreMm: Vector3 = [0, 0, 0],
): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeCheckpoint(
    folder,
    {
      configuration: { ...smallConfiguration(), ...answered },
      subjects: [{ name: 'subject', isocentreMm: [...isocentreMm], sha256: '' }],
      preprocessing: networkPreprocessing,
      network: constantNetwork(answered, outputs),
      state: null,
      iteration: 1,
      medianMtreMm: null,
    },
    true,
  )
}
