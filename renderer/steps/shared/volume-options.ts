import type { VolumeSource } from '../../../native-workers/contract/operations/sources.js'
import { text } from '../../text/en.js'
import { flag, option, type CommandLine } from './command-line.js'

type SourceInput = Pick<VolumeSource, 'spacingMm' | 'seriesUid'> & { readonly acceptGeometry?: boolean }

/** The options that say how a CT is read. A spacing given by hand has no option on the command line. */
export function volumeOptions({ spacingMm, seriesUid, acceptGeometry }: SourceInput): CommandLine {
  if (spacingMm !== undefined) return { kind: 'none', reason: text.preparation.command.noSpacing }
  return {
    kind: 'command',
    words: [...option('--series', seriesUid), ...flag('--accept-geometry', acceptGeometry)],
  }
}
