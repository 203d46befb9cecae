import { session } from 'electron'
import { schemes } from '../../native-workers/contract/window/channels.js'
import type { AppContext } from '../context.js'

const localSchemes: ReadonlySet<string> = new Set([
  `${schemes.app}:`,
  `${schemes.data}:`,
  'blob:',
  'data:',
  'devtools:',
])

/** The program works without a network, and makes sure of it: every request off this machine is refused. */
export function enableNetworkBlock({ log }: AppContext): void {
  session.defaultSession.webRequest.onBeforeRequest(({ url }, respond) => {
    const isLocal = localSchemes.has(new URL(url).protocol)
    if (!isLocal) log(`network request refused: ${url}`)
    respond({ cancel: !isLocal })
  })
}
