import { relu } from '../graph/layers/activations.js'
import { maxPooling } from '../graph/layers/max-pooling.js'
import { add } from '../graph/layers/structure.js'
import { type Tensor } from '../graph/tensor.js'
import { convolutionLayer, groupNormLayer, type NetworkContext } from './layers.js'

export interface ResnetShape {
  /** Basic blocks per stage. */
  readonly blocks: readonly [number, number, number, number]
  readonly widths: readonly [number, number, number, number]
  readonly groups: number
}

export const resnetShapes = {
  resnet18: { blocks: [2, 2, 2, 2], widths: [64, 128, 256, 512], groups: 32 },
  /** About 1 M parameters. */
  light: { blocks: [2, 2, 2, 2], widths: [32, 64, 96, 128], groups: 8 },
  resnet34: { blocks: [3, 4, 6, 3], widths: [64, 128, 256, 512], groups: 32 },
} as const satisfies Record<string, ResnetShape>

/**
 * ResNet of basic blocks with group normalisation (He et al. 2016, doi 10.1109/CVPR.2016.90), layers named as timm
 * names them. x [batch, 1, height, width]; gives the last stage's maps
 * [batch, widths[3], height / 32, width / 32].
 */
export function resnetFeatures(context: NetworkContext, x: Tensor, shape: ResnetShape): Tensor {
  const { tape } = context
  const { groups } = shape
  const stem = convolutionLayer(context, 'backbone.conv1', x, {
    channels: shape.widths[0],
    size: 7,
    stride: 2,
  })
  let y = relu(tape, groupNormLayer(context, 'backbone.bn1', stem, groups))
  y = maxPooling(tape, y, { size: 3, stride: 2, padding: 1 })
  shape.widths.forEach((channels, stage) => {
    for (let block = 0; block < shape.blocks[stage]; block++) {
      const name = `backbone.layer${stage + 1}.${block}`
      y = basicBlock(context, name, y, { channels, groups, stride: stage > 0 && block === 0 ? 2 : 1 })
    }
  })
  return y
}

function basicBlock(
  context: NetworkContext,
  name: string,
  x: Tensor,
  { channels, groups, stride }: { channels: number; groups: number; stride: number },
): Tensor {
  const { tape } = context
  let y = convolutionLayer(context, `${name}.conv1`, x, { channels, size: 3, stride })
  y = relu(tape, groupNormLayer(context, `${name}.bn1`, y, groups))
  y = convolutionLayer(context, `${name}.conv2`, y, { channels, size: 3 })
  y = groupNormLayer(context, `${name}.bn2`, y, groups)
  let shortcut = x
  if (stride !== 1 || x.shape[1] !== channels) {
    shortcut = convolutionLayer(context, `${name}.downsample.0`, x, { channels, size: 1, stride })
    shortcut = groupNormLayer(context, `${name}.downsample.1`, shortcut, groups)
  }
  return relu(tape, add(tape, y, shortcut))
}
