import { open } from 'node:fs/promises'
import { parseByteRange } from './byte-range.js'

const chunkBytes = 4 * 1024 * 1024

/**
 * A file, or the part of it that `range` (the request's header) asks for, as the answer to a request of the window,
 * read in pieces as the window takes them; 404 when absent.
 */
export async function fileResponse(
  path: string,
  headers: Readonly<Record<string, string>>,
  range: string | null = null,
): Promise<Response> {
  const file = await open(path, 'r').catch(() => null)
  if (file === null) return refusal(404)
  const { size } = await file.stat()
  const part = parseByteRange(range, size)
  let position = part?.first ?? 0
  const end = part === null ? size : part.last + 1
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const wanted = Math.min(chunkBytes, end - position)
      const { bytesRead, buffer } = await file.read(new Uint8Array(wanted), 0, wanted, position)
      if (bytesRead > 0) {
        position += bytesRead
        controller.enqueue(buffer.subarray(0, bytesRead))
        return
      }
      await file.close()
      controller.close()
    },
    cancel: () => file.close(),
  })
  const partly = part !== null && { 'content-range': `bytes ${part.first}-${part.last}/${size}` }
  return new Response(body, {
    status: part === null ? 200 : 206,
    headers: { ...headers, ...partly, 'content-length': String(end - (part?.first ?? 0)) },
  })
}

export function refusal(status: 403 | 404): Response {
  return new Response(null, { status })
}
