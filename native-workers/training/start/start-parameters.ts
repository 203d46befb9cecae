import { UserError } from '../../contract/errors.js'
import { type TrainingConfiguration } from '../../contract/training/configuration.js'
import { type TrainedNetwork } from '../checkpoints/open-network.js'
import { parametersOfModel } from '../networks/parameters-of-model.js'
import { type NamedArray } from '../trainer.js'
import { networkOf } from './initial-state.js'

/**
 * The parameters of a trained network, for a training to begin with. Errors: `input-invalid` where it is another network than the training's.
 */
export function startParameters(
  { model, description, detector }: TrainedNetwork,
  configuration: TrainingConfiguration,
): NamedArray[] {
  const trained = new Map(parametersOfModel(model).map((parameter) => [parameter.name, parameter]))
  return networkOf(configuration).parameters.map(({ name, shape }) => {
    const parameter = trained.get(name)
    if (parameter?.shape.join() === shape.join()) return parameter
    throw new UserError(
      'input-invalid',
      `The checkpoint holds the network ${description.name} for ${detector.height} x ${detector.height} pixels and ${description.parameterization}, which is not the one to be trained.`,
      'Train on with the network, the height and the parameterisation of the checkpoint.',
    )
  })
}
