import { protocol } from 'electron'
import { realpath } from 'node:fs/promises'
import { isAbsolute, relative } from 'node:path'
import { fileOfDataUrl, schemes } from '../../native-workers/contract/window/channels.js'
import type { AppContext } from '../context.js'
import { appOrigin } from '../security/origin.js'
import { fileResponse, refusal } from './file-response.js'
import { mediaTypeOf } from './media-types.js'

/**
 * Serves display copies of this session's volumes (`dataUrlOfFile`), and pictures and videos that
 * belong to results (`mediaUrlOfFile`): in a folder that the person chose for them, or opened with a result.
 */
export function enableDataProtocol(context: AppContext): void {
  protocol.handle(schemes.data, async ({ url, headers }) => {
    const file = fileOfDataUrl(url)
    const contentType = file === null ? null : await servedType(context, file)
    if (file === null || contentType === null) {
      context.log(`data request refused: ${url}`)
      return refusal(403)
    }
    const answerHeaders = {
      'content-type': contentType,
      'access-control-allow-origin': appOrigin,
      'cache-control': 'no-store',
      'accept-ranges': 'bytes',
      'x-content-type-options': 'nosniff',
    }
    return fileResponse(file, answerHeaders, headers.get('range'))
  })
}

/** The type that a file is served as; null when it is not for the window. */
async function servedType({ folders, allowedPaths }: AppContext, file: string): Promise<string | null> {
  if (await isInFolder(file, folders.display)) return 'application/octet-stream'
  return allowedPaths.isInput(file) ? mediaTypeOf(file) : null
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
