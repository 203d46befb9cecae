import { type TrainingConfiguration } from '../../contract/training/configuration.js'
import { radiansPerNumber } from '../networks/rotation-numbers.js'

type Units = Pick<TrainingConfiguration, 'network' | 'detector' | 'optimisation'>

/** The arm that rotations swing in the distance of two poses; xvr's is half the source-to-detector distance. */
export const rotationArmMm = ({ optimisation, detector }: Units): number =>
  optimisation.rotationArmMm ?? detector.sddMm / 2

/** What a difference of each output of the network means in mm: rotations as arcs, translations by their unit. */
export function millimetresPerNumber(configuration: Units): number[] {
  const { parameterization, unitConversionFactor } = configuration.network
  const armMm = rotationArmMm(configuration)
  return [
    ...radiansPerNumber[parameterization].map((radians) => radians * armMm),
    ...new Array<number>(3).fill(unitConversionFactor),
  ]
}
