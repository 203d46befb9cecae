import { session } from 'electron'
import { encoderScheme } from './encode-video.js'

const localSchemes: ReadonlySet<string> = new Set([`${encoderScheme}:`, 'file:', 'blob:', 'data:'])

/** The hidden pages read this machine's files and nothing else. */
export function refuseNetwork(): void {
  session.defaultSession.webRequest.onBeforeRequest(({ url }, respond) => {
    respond({ cancel: !localSchemes.has(new URL(url).protocol) })
  })
  session.defaultSession.setPermissionRequestHandler((_, __, respond) => respond(false))
}
