import { UserError } from '../contract/errors.js'
import { type ReadTrainingInput, type ReadTrainingOutput } from '../contract/operations/train.js'
import { type Operation } from '../contract/progress.js'

export const readTraining: Operation<ReadTrainingInput, ReadTrainingOutput> = () => {
  throw new UserError('runtime-missing', 'Trainings are not read yet.')
}
