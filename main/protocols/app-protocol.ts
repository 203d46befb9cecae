import { protocol } from 'electron'
import { join, normalize } from 'node:path'
import { schemes } from '../../native-workers/contract/window/channels.js'
import type { AppContext } from '../context.js'
import { contentSecurityPolicy } from '../security/content-security-policy.js'
import { isAppUrl } from '../security/origin.js'
import { contentTypeOf } from './content-types.js'
import { fileResponse, refusal } from './file-response.js'

/** Serves the window's bundle, and nothing outside of it, under `isocenter://app/`. */
export function enableAppProtocol({ folders }: AppContext): void {
  protocol.handle(schemes.app, async ({ url }) => {
    if (!isAppUrl(url)) return refusal(403)
    // The path is absolute, so normalize leaves no "../" to climb out with, encoded ones included.
    const path = normalize(decodeURIComponent(new URL(url).pathname))
    return fileResponse(join(folders.rendererBundle, path), {
      'content-type': contentTypeOf(path),
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
    })
  })
}
