import { type RecordedStep } from '../../imaging/provenance/run-recorded.js'
import { type RegistrationRecord } from './read-saved-registration.js'

/** What a step that looks at a saved registration depends on: the result, and what was registered. */
export function recordedInputs({ resultPath, input }: RegistrationRecord): RecordedStep['inputs'][number][] {
  const { volume, labels, views } = input
  return [
    { role: 'result', path: resultPath },
    { role: 'volume', path: volume.path },
    ...(labels === undefined ? [] : [{ role: 'labels', path: labels.path }]),
    ...views.flatMap(({ xray }, index) => [
      { role: `xray ${index + 1}`, path: xray.path },
      ...(xray.maskPath === undefined ? [] : [{ role: `mask ${index + 1}`, path: xray.maskPath }]),
    ]),
  ]
}
