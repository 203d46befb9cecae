import { type NetworkDescription } from '../../contract/training/network.js'
import { globalAveragePooling } from '../graph/layers/average-pooling.js'
import { reshape } from '../graph/layers/structure.js'
import { elementCount, type Tensor } from '../graph/tensor.js'
import { linearLayer, type NetworkContext } from './layers.js'
import { resnetFeatures, type ResnetShape, resnetShapes } from './resnet.js'
import { rotationNumbers } from './rotation-numbers.js'

/** What the heads answer before they have learnt anything: the middle of the poses that they will see. */
export interface PoseStart {
  readonly rotation: readonly number[]
  readonly translation: readonly number[]
}

export interface PoseOutputs {
  /** [batch, rotation components] */
  readonly rotation: Tensor
  /** [batch, 3], in the network's unit */
  readonly translation: Tensor
}

/** Weights of untrained heads are this share of the usual, so that the first answers lie near the start. */
const headShare = 0.05

/**
 * xvr's pose regressor: a backbone with one input channel and two linear heads (specification §3.5). The light one's
 * heads see where in the picture a feature lies, the others its mean over the picture. x [batch, 1, height, height].
 */
export function poseNetwork(
  context: NetworkContext,
  description: NetworkDescription,
  x: Tensor,
  start?: PoseStart,
  shape: ResnetShape = resnetShapes[description.name],
): PoseOutputs {
  const { tape } = context
  const maps = resnetFeatures(context, x, shape)
  const features =
    description.name === 'light'
      ? reshape(tape, maps, [maps.shape[0], elementCount(maps.shape.slice(1))])
      : globalAveragePooling(tape, maps)
  const [, inputs] = features.shape
  const bound = headShare / Math.sqrt(inputs)
  // Adam moves every weight alike, so that an answer moves with the number of inputs: many of them need smaller steps.
  const rate = description.name === 'light' ? 1 / Math.sqrt(inputs) : undefined
  const head = (name: string, outputs: number, values?: readonly number[]): Tensor =>
    linearLayer(context, name, features, outputs, {
      weights: { kind: 'uniform', bound },
      bias: values === undefined ? undefined : { kind: 'values', values },
      rate,
    })
  return {
    translation: head('xyz_regression', 3, start?.translation),
    rotation: head('rot_regression', rotationNumbers[description.parameterization], start?.rotation),
  }
}
