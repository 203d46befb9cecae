import { basename } from 'node:path'
import { stat } from 'node:fs/promises'
import { throwIfCancelled, UserError } from '../../../contract/errors.js'
import {
  type ConvertXvrResultInput,
  type ConvertXvrResultOutput,
  convertXvrResultReportSchema,
} from '../../../contract/operations/convert-xvr.js'
import { type VolumeSource } from '../../../contract/operations/sources.js'
import { type Operation } from '../../../contract/progress.js'
import { writeFileAtomic } from '../../../imaging/atomic-write.js'
import { inputRecord } from '../../../imaging/provenance/input-record.js'
import { runRecorded } from '../../../imaging/provenance/run-recorded.js'
import { readXray } from '../../../imaging/read-xray.js'
import { loadVolume } from '../../../imaging/volume-cache.js'
import { readXvrResult } from './read-xvr-result.js'
import { resultFromXvr } from './result-from-xvr.js'
import { type XvrResult } from './xvr-result.js'

/**
 * Writes a registration of xvr as `result.json`, so that it can be evaluated, animated and rendered here. What xvr does
 * not record has to be given; what it does not judge stays null. Errors: those of `readXvrResult` and `loadVolume`,
 * `geometry-missing` (no volume, no orientation), `geometry-invalid` (the X-ray has another size), `output-exists`.
 */
export const convertXvrResult: Operation<ConvertXvrResultInput, ConvertXvrResultOutput> = async (
  input,
  { signal, onProgress },
) => {
  const begin = (fraction: number, message: string) => {
    throwIfCancelled(signal)
    onProgress({ phase: 'convert', fraction, message, elapsedMs: 0, remainingMs: null })
  }
  begin(0, `Reading ${basename(input.path)}`)
  const xvr = await readXvrResult(input.path)
  const volume = await volumeOf(input, xvr)
  const xrayPath = input.xrayPath ?? xvr.xray.path
  if (xrayPath === undefined) {
    throw new UserError(
      'geometry-missing',
      `"${basename(input.path)}" does not say which X-ray was registered.`,
      'Give it with --xray.',
    )
  }
  const hasXray = await exists(xrayPath)
  if (!hasXray && input.xrayPath !== undefined) {
    throw new UserError('file-not-found', `"${xrayPath}" does not exist.`, 'Check the path.')
  }
  const { path, outputPath, force } = input
  const volumePath = volume.path
  const labels = xvr.labels.length === 0 ? undefined : xvr.maskPath
  const hasLabels = labels !== undefined && (await exists(labels))
  const inputs = [
    { role: 'volume', path: volumePath },
    ...(hasXray ? [{ role: 'xray 1', path: xrayPath }] : []),
    ...(hasLabels ? [{ role: 'labels', path: labels }] : []),
  ]
  const { report, isUpToDate } = await runRecorded(
    {
      operation: 'convert-xvr-result',
      // Paths shape what is written, too: the result names them.
      settings: { ...input, outputPath: undefined, force: undefined, xrayPath, volume },
      inputs: [{ role: 'xvr result', path }, ...inputs],
      recordPath: `${outputPath}.provenance.json`,
      force,
    },
    convertXvrResultReportSchema,
    async (stage) => {
      const staged = await stage(outputPath)
      begin(0.2, `Reading ${basename(volumePath)}`)
      const { summary } = await loadVolume(volume, signal)
      begin(0.7, 'Converting poses')
      const { result, warnings } = resultFromXvr(xvr, {
        input,
        source: path,
        volume,
        grid: summary.grid,
        xrayPath,
        xraySize: hasXray ? await readXray(xrayPath, 0) : undefined,
        inputs: await Promise.all(inputs.map((each) => inputRecord(each.role, each.path, signal))),
      })
      await writeFileAtomic(staged, `${JSON.stringify(result, null, 2)}\n`)
      return { layout: xvr.layout, trajectoryPoints: result.trajectory.length, warnings }
    },
    signal,
  )
  return { ...report, path: outputPath, isUpToDate }
}

/** Where the CT is; xvr's poses count from its centre, so nothing can be converted without it. */
async function volumeOf({ path, volume }: ConvertXvrResultInput, xvr: XvrResult): Promise<VolumeSource> {
  if (volume !== undefined) return volume
  const recorded = xvr.volumePath
  if (recorded !== undefined && (await exists(recorded))) return { path: recorded, acceptGeometry: false }
  throw new UserError(
    'geometry-missing',
    recorded === undefined
      ? `"${basename(path)}" does not say which CT was registered, and xvr's poses count from the CT's centre.`
      : `The CT "${recorded}" is not there, and xvr's poses count from its centre.`,
    'Give the CT with --volume.',
  )
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
