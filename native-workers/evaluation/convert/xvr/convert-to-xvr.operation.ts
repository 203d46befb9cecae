import { basename } from 'node:path'
import { throwIfCancelled, UserError } from '../../../contract/errors.js'
import {
  type ConvertToXvrInput,
  type ConvertToXvrOutput,
  convertToXvrReportSchema,
} from '../../../contract/operations/convert-xvr.js'
import { type Operation } from '../../../contract/progress.js'
import { runRecorded } from '../../../imaging/provenance/run-recorded.js'
import { writeTorchFile } from '../../../imaging/torch-file/write-torch-file.js'
import { loadVolume } from '../../../imaging/volume-cache.js'
import { readSavedRegistration } from '../../saved-registration/read-saved-registration.js'
import { recordedInputs } from '../../saved-registration/recorded-inputs.js'
import { parametersForXvr } from './parameters-for-xvr.js'
import { isocentreOf } from './xvr-geometry.js'

/**
 * Writes a registration as `parameters.pt` with the keys of xvr's main branch. The trajectory is a dictionary of columns
 * and paths are texts, so that PyTorch alone reads the file. Errors: those of `readSavedRegistration` and `loadVolume`,
 * `input-invalid` (no such view), `geometry-invalid`, `output-exists`.
 */
export const convertToXvr: Operation<ConvertToXvrInput, ConvertToXvrOutput> = async (
  input,
  { signal, onProgress },
) => {
  const begin = (fraction: number, message: string) => {
    throwIfCancelled(signal)
    onProgress({ phase: 'convert', fraction, message, elapsedMs: 0, remainingMs: null })
  }
  begin(0, `Reading ${basename(input.path)}`)
  const record = await readSavedRegistration(input.path, signal)
  const { views } = record.result
  if (input.view > views.length) {
    throw new UserError(
      'input-invalid',
      `There is no X-ray ${input.view}: the result has ${views.length}.`,
      'Count X-rays from 1.',
    )
  }
  const start = record.input.initial
  const fixed = start.kind === 'fixed' ? start : start.kind === 'search' ? start.nominal : undefined
  // The camera of the result belongs to the picture that this side shows.
  const side = {
    orientation: input.orientation ?? fixed?.orientation ?? 'AP',
    reverseXAxis: input.reverseXAxis ?? fixed?.reverseXAxis ?? true,
  }
  const { outputPath, view, force } = input
  const { report, isUpToDate } = await runRecorded(
    {
      operation: 'convert-to-xvr',
      settings: { view, ...side },
      inputs: recordedInputs(record),
      recordPath: `${outputPath}.provenance.json`,
      force,
    },
    convertToXvrReportSchema,
    async (stage) => {
      const staged = await stage(outputPath)
      begin(0.2, `Reading ${basename(record.input.volume.path)}`)
      const { summary } = await loadVolume(record.input.volume, signal)
      begin(0.8, `Writing ${basename(outputPath)}`)
      const { parameters, warnings } = parametersForXvr(record, view - 1, side, isocentreOf(summary.grid))
      await writeTorchFile(staged, parameters)
      return { ...side, warnings }
    },
    signal,
  )
  return { ...report, path: outputPath, isUpToDate }
}
