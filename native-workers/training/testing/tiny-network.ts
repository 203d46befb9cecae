import { type NetworkDescription } from '../../contract/training/network.js'
import { initialParameters } from '../networks/initial-parameters.js'
import { trainablePoseNetwork } from '../networks/trainable-pose-network.js'
import { type ResnetShape } from '../networks/resnet.js'
import { radiansPerNumber } from '../networks/rotation-numbers.js'
import { seededUniform } from '../graph/testing/random.js'

/** A ResNet of all layers that the real ones have, small enough for plain loops. */
export const tinyShape: ResnetShape = { blocks: [1, 1, 1, 1], widths: [4, 4, 6, 8], groups: 2 }
export const tinyHeight = 32

export const tinyDescription = (name: NetworkDescription['name']): NetworkDescription => ({
  name,
  parameterization: 'quaternion_adjugate',
  convention: 'ZXY',
  unitConversionFactor: 1000,
})

export const tinyMillimetresPerNumber = [...radiansPerNumber.quaternion_adjugate, 1, 1, 1]

export function tinyNetwork(name: NetworkDescription['name'] = 'resnet18') {
  const network = trainablePoseNetwork(tinyDescription(name), tinyHeight, undefined, tinyShape)
  return { network, parameters: initialParameters(network.parameters, seededUniform(5)) }
}
