import { schemes } from '../../native-workers/contract/window/channels.js'

/** The origin of the window's own pages. */
export const appOrigin = `${schemes.app}://app`

export function isAppUrl(url: string): boolean {
  return url === appOrigin || url.startsWith(`${appOrigin}/`)
}
