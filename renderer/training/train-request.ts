import type { WindowRequest } from '../../native-workers/contract/window/bridge.js'
import { structuresFromText } from '../registration/structures.js'
import { joinPath } from '../steps/shared/paths.js'
import { missing, missingForAnyStep, type Prepared, type Situation } from '../steps/shared/prepared.js'
import { text } from '../text/en.js'
import { rangeProblem } from './ranges.js'
import { openSubject, withFurther } from './subjects.js'
import { settingsOfForm } from './train-settings.js'
import type { TrainForm } from './train-form.js'

export type TrainRequest = WindowRequest<'train'>

/** What the session has for a training; `stamp` makes the name of a folder that has none. */
export interface TrainSituation extends Situation {
  readonly stamp: string
}

/** The folder's name where the person gave none: what is trained, on what, and when. */
export const madeUpName = (network: string, subject: string, stamp: string): string =>
  `${subject}-${network}-${stamp}`

/** The request of a training, or what is missing for it. Nothing is trained on ranges that can't be meant. */
export function prepareTraining(situation: TrainSituation, form: TrainForm): Prepared<TrainRequest> {
  const notYet = missingForAnyStep(situation)
  if (notYet !== null) return missing(notYet)
  const words = text.training.missing
  const open = openSubject(situation, form, form.weight)
  if (open === null) return missing(text.preparation.missing.volume)
  if (situation.outputFolder === null) return missing(text.preparation.missing.folder)
  if (structuresFromText(form.structures) === null) return missing(words.structures)
  const problem = rangeProblem(form.range, form.detector)
  if (problem !== null) return missing(problem)
  if (Object.values(form.weights).every((weight) => weight === 0)) return missing(words.weights)
  if (form.warmupIterations >= form.totalIterations) return missing(words.warmup)
  const name =
    form.name.trim() === '' ? madeUpName(form.network, open.name, situation.stamp) : form.name.trim()
  return {
    kind: 'ready',
    request: {
      configuration: {
        subjects: withFurther(open, form.further),
        ...settingsOfForm(form),
      },
      folder: joinPath(situation.outputFolder, 'train', name),
      device: form.device,
      ...(form.threads > 0 && { threads: form.threads }),
    },
  }
}
