import { InvalidArgumentError } from 'commander'
import {
  connectivitySchema,
  type Connectivity,
  type KeepRule,
} from '../../contract/operations/clean-labels.js'
import { parsePositive, parsePositiveCount } from './values.js'

export function parseConnectivity(text: string): Connectivity {
  const parsed = connectivitySchema.safeParse(Number(text))
  if (!parsed.success) throw new InvalidArgumentError('It is 6 (faces), 18 (and edges) or 26 (and corners).')
  return parsed.data
}

const minVolume = 'min-volume='

/** `largest`, a number of components, or `min-volume=MM3`. */
export function parseKeepRule(text: string): KeepRule {
  if (text === 'largest') return { kind: 'largest', count: 1 }
  if (text.startsWith(minVolume)) {
    return { kind: 'min-volume', minVolumeMm3: parsePositive(text.slice(minVolume.length)) }
  }
  if (/^\d+$/.test(text)) return { kind: 'largest', count: parsePositiveCount(text) }
  throw new InvalidArgumentError('It is largest, a number of parts, or min-volume=MM3.')
}
