import { type VolumeSource } from '../../contract/operations/sources.js'
import { type InfoOutput } from '../../contract/operations/volume.js'
import { loadVolume } from '../volume-cache.js'
import { decimal, factList, gridFacts } from './facts.js'

/** A volume file or TIFF stack. Errors: those of `readVolume`. */
export async function describeVolume(source: VolumeSource, signal: AbortSignal): Promise<InfoOutput> {
  const { summary } = await loadVolume(source, signal)
  const [least, greatest] = summary.valueRange
  return {
    kind: 'volume',
    title: `${summary.name}: volume, ${summary.format}`,
    facts: [
      ...gridFacts(summary.grid),
      ...factList([['values', `${summary.storedType}, ${decimal(least)} to ${decimal(greatest)}`]]),
    ],
    issues: summary.issues,
  }
}
