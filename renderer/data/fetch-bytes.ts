/** Bytes that are taken over at a time; one piece of memory serves for all of them. */
const pieceBytes = 2 ** 20

/**
 * The bytes that an address of the window serves, as many as `expectedBytes`. They are copied piece by piece to where
 * they stay: `Response.arrayBuffer` holds a large copy twice, and takes half as long again. Throws where the answer is
 * a refusal, or longer or shorter than expected.
 */
export async function fetchBytes(url: string, expectedBytes: number): Promise<ArrayBuffer> {
  const { ok, status, body } = await fetch(url)
  if (!ok || body === null) throw new Error(`HTTP ${status}`)
  const bytes = new Uint8Array(expectedBytes)
  const reader = body.getReader({ mode: 'byob' })
  let filled = 0
  let piece = new ArrayBuffer(pieceBytes)
  for (;;) {
    const { done, value } = await reader.read(new Uint8Array(piece))
    if (value === undefined) throw new Error(`The copy ended early: ${filled} of ${expectedBytes} bytes`)
    if (filled + value.length > expectedBytes) throw new Error(`More than ${expectedBytes} bytes`)
    bytes.set(value, filled)
    filled += value.length
    piece = value.buffer
    if (done) break
  }
  if (filled !== expectedBytes) throw new Error(`${filled} bytes instead of ${expectedBytes}`)
  return bytes.buffer
}
