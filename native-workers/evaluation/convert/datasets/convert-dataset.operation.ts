import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { throwIfCancelled, UserError } from '../../../contract/errors.js'
import {
  type ConvertDatasetInput,
  type ConvertDatasetOutput,
  convertDatasetReportSchema,
  type DatasetLayout,
  type ListDatasetInput,
  type ListDatasetOutput,
} from '../../../contract/operations/convert-dataset.js'
import { type Operation } from '../../../contract/progress.js'
import { openHdf5 } from '../../../imaging/hdf5/hdf5-file.js'
import { runRecorded } from '../../../imaging/provenance/run-recorded.js'
import { type DatasetReader } from './dataset.js'
import { deepfluoro } from './deepfluoro.js'
import { ljubljana } from './ljubljana.js'
import { writeSpecimen } from './write-specimen.js'

const readers: Readonly<Record<DatasetLayout, DatasetReader>> = { deepfluoro, ljubljana }
const names: Readonly<Record<DatasetLayout, string>> = { deepfluoro: 'DeepFluoro', ljubljana: 'Ljubljana' }

/** Lists the specimens of a data set's HDF5 file. Errors: those of `openHdf5`, `format-unknown` (none in it). */
export const listDataset: Operation<ListDatasetInput, ListDatasetOutput> = async ({ path, layout }) => {
  const file = await openHdf5(path)
  try {
    const specimens = readers[layout].specimens(file)
    if (specimens.length > 0) return { specimens }
    throw new UserError(
      'format-unknown',
      `"${file.name}" is not laid out as ${names[layout]}: no specimen was found in it.`,
      layout === 'deepfluoro'
        ? 'Only the full-resolution file has volumes and poses, the down-sampled ones have not. isocenter inspect shows what it holds.'
        : 'isocenter inspect shows what it holds.',
    )
  } finally {
    file.close()
  }
}

/**
 * Writes one specimen as CT, labels, landmarks, and per X-ray its picture, camera, true pose and landmarks, ready to be
 * registered and evaluated. Pictures are written upright and as seen from the source. Errors: those of `openHdf5` and
 * the layout's reader, `input-invalid` (no such specimen), `output-exists`, `output-unwritable`, `cancelled`.
 */
export const convertDataset: Operation<ConvertDatasetInput, ConvertDatasetOutput> = async (
  { path, layout, specimen, folder, force },
  { signal, onProgress },
) => {
  const target = join(folder, specimen)
  const report = (fraction: number, message: string) => {
    throwIfCancelled(signal)
    onProgress({ phase: 'convert', fraction, message, elapsedMs: 0, remainingMs: null })
  }
  report(0, 'Reading the file')
  const recorded = await runRecorded(
    {
      operation: 'convert-dataset',
      settings: { layout, specimen },
      inputs: [{ role: 'data set', path }],
      recordPath: join(target, 'convert.provenance.json'),
      force,
    },
    convertDatasetReportSchema,
    async (stage) => {
      const file = await openHdf5(path)
      try {
        const reader = readers[layout]
        const known = reader.specimens(file).map(({ id }) => id)
        if (!known.includes(specimen)) {
          throw new UserError(
            'input-invalid',
            `"${file.name}" holds no specimen "${specimen}".`,
            known.length === 0 ? 'It holds none at all.' : `It holds ${known.join(', ')}.`,
          )
        }
        return await writeSpecimen(reader.open(file, specimen), target, stage, async (fraction, message) => {
          report(fraction, message)
          await setImmediate()
        })
      } finally {
        file.close()
      }
    },
    signal,
  )
  return { ...recorded.report, folder: target, isUpToDate: recorded.isUpToDate }
}
