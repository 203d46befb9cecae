import { UserError } from '../contract/errors.js'
import { type RestartTrainingInput, type TrainInput, type TrainOutput } from '../contract/operations/train.js'
import { type Operation } from '../contract/progress.js'

export const train: Operation<TrainInput, TrainOutput> = () => {
  throw new UserError('runtime-missing', 'Training is not there yet.')
}

export const restartTraining: Operation<RestartTrainingInput, TrainOutput> = () => {
  throw new UserError('runtime-missing', 'Training is not there yet.')
}
