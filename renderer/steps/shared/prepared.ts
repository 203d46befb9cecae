import type { VolumeSource } from '../../../native-workers/contract/operations/sources.js'
import { text } from '../../text/en.js'

/** What of the session a preparation step may work on. */
export interface Situation {
  readonly engineReady: boolean
  readonly volume: VolumeSource | null
  readonly labelsPath: string | null
  readonly outputFolder: string | null
}

/** What keeps a step from running, in words. */
export interface Missing {
  readonly kind: 'missing'
  readonly what: string
}

/** A request that can run, or in words what is missing for it. */
export type Prepared<Request> = { readonly kind: 'ready'; readonly request: Request } | Missing

export const missing = (what: string): Missing => ({ kind: 'missing', what })

/** The reason that keeps every step from running; null when there is none. */
export function missingForAnyStep({ engineReady }: Situation): string | null {
  return engineReady ? null : text.engine.notReady
}
