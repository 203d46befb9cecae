import { open } from 'node:fs/promises'

/** The lines of a problem's surroundings; the whole log may hold megabytes. */
const maximumLines = 500
const maximumBytes = 256 * 1024

/** The last lines of the log, oldest first; none where there is no log. */
export async function readLogTail(path: string): Promise<readonly string[]> {
  const file = await open(path, 'r').catch(() => null)
  if (file === null) return []
  try {
    const { size } = await file.stat()
    const start = Math.max(0, size - maximumBytes)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, size - start, start)
    const lines = buffer.toString('utf8', 0, bytesRead).split('\n')
    // A cut can fall within a line, and the last one ends with a line break.
    if (start > 0) lines.shift()
    if (lines.at(-1) === '') lines.pop()
    return lines.slice(-maximumLines)
  } finally {
    await file.close()
  }
}
