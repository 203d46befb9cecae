import { UserError } from '../../contract/errors.js'
import { type TrainingConfiguration } from '../../contract/training/configuration.js'
import { type FoundCheckpoint, readCheckpointNetwork } from '../checkpoints/read-checkpoint.js'
import { parametersOfModel } from '../networks/parameters-of-model.js'
import { type NamedArray } from '../trainer.js'
import { networkOf } from './initial-state.js'

/**
 * The parameters of a checkpoint's network, for a training to begin with. Errors:
 * `input-invalid` where it is another network than the training's.
 */
export async function startParameters(
  found: FoundCheckpoint,
  configuration: TrainingConfiguration,
): Promise<NamedArray[]> {
  const trained = new Map(
    parametersOfModel(await readCheckpointNetwork(found)).map((parameter) => [parameter.name, parameter]),
  )
  return networkOf(configuration).parameters.map(({ name, shape }) => {
    const parameter = trained.get(name)
    if (parameter?.shape.join() === shape.join()) return parameter
    const { network, detector } = found.checkpoint.configuration
    throw new UserError(
      'input-invalid',
      `The checkpoint holds the network ${network.name} for ${detector.height} x ${detector.height} pixels and ${network.parameterization}, which is not the one to be trained.`,
      'Train on with the network, the height and the parameterisation of the checkpoint.',
    )
  })
}
