import { open } from 'node:fs/promises'

const chunkBytes = 4 * 1024 * 1024

/** A file as the answer to a request of the window, read in pieces as the window takes them; 404 when absent. */
export async function fileResponse(
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  const file = await open(path, 'r').catch(() => null)
  if (file === null) return refusal(404)
  const { size } = await file.stat()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { bytesRead, buffer } = await file.read(new Uint8Array(chunkBytes))
      if (bytesRead > 0) {
        controller.enqueue(buffer.subarray(0, bytesRead))
        return
      }
      await file.close()
      controller.close()
    },
    cancel: () => file.close(),
  })
  return new Response(body, { headers: { ...headers, 'content-length': String(size) } })
}

export function refusal(status: 403 | 404): Response {
  return new Response(null, { status })
}
