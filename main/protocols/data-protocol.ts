import { protocol } from 'electron'
import { realpath } from 'node:fs/promises'
import { isAbsolute, relative } from 'node:path'
import { fileOfDataUrl, schemes } from '../../native-workers/contract/window/channels.js'
import type { AppContext } from '../context.js'
import { appOrigin } from '../security/origin.js'
import { fileResponse, refusal } from './file-response.js'

/** Serves display copies of this session's volumes; see `dataUrlOfFile`. */
export function enableDataProtocol({ folders, log }: AppContext): void {
  protocol.handle(schemes.data, async ({ url }) => {
    const file = fileOfDataUrl(url)
    if (file === null || !(await isInFolder(file, folders.display))) {
      log(`data request refused: ${url}`)
      return refusal(403)
    }
    return fileResponse(file, {
      'content-type': 'application/octet-stream',
      'access-control-allow-origin': appOrigin,
      'cache-control': 'no-store',
    })
  })
}

/** Both are compared without links, so that a link in the folder opens no way out of it. */
async function isInFolder(file: string, folder: string): Promise<boolean> {
  try {
    const rest = relative(await realpath(folder), await realpath(file))
    return rest !== '' && !rest.startsWith('..') && !isAbsolute(rest)
  } catch {
    return false
  }
}
