import { throwIfCancelled } from '../contract/errors.js'
import {
  type GeometryIssue,
  type OpenVolumeInput,
  type OpenVolumeOutput,
  type VolumeSummary,
} from '../contract/operations/volume.js'
import { type Operation } from '../contract/progress.js'
import { writeDisplayCopy } from './display-copy.js'
import { loadVolume } from './volume-cache.js'

/** A display copy in whole numbers shows little of values that span less than this. */
const leastDisplayRange = 20

function displayIssues({ valueRange: [least, greatest], storedType }: VolumeSummary): GeometryIssue[] {
  const issue = (message: string): GeometryIssue => ({ code: 'note', severity: 'note', message })
  if (least < -32768 || greatest > 32767) {
    return [issue('Values beyond the 16-bit range are clamped in the display, not in the computation.')]
  }
  if (storedType.startsWith('float') && greatest - least < leastDisplayRange) {
    return [issue('The slice views show whole numbers only, too coarse for the small values of this volume.')]
  }
  return []
}

/**
 * Opens a volume: its summary and a copy for display. Errors: those of `readVolume`, `output-unwritable`, `cancelled`.
 */
export const openVolume: Operation<OpenVolumeInput, OpenVolumeOutput> = async (input, context) => {
  const { signal, onProgress } = context
  const report = (phase: string, fraction: number, message: string) =>
    onProgress({ phase, fraction, message, elapsedMs: 0, remainingMs: null })
  report('read', 0, 'Reading the volume')
  const loaded = await loadVolume(input.volume, signal)
  throwIfCancelled(signal)
  report('display', 0.8, 'Preparing the display copy')
  const display = await writeDisplayCopy(loaded, input.cacheFolder, input.displayLimitBytes)
  const { summary } = loaded
  return { summary: { ...summary, issues: [...summary.issues, ...displayIssues(summary)] }, display }
}
