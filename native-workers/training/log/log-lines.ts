import { createReadStream } from 'node:fs'

export interface LogLine {
  readonly value: object
  /** Where the line ends in the file, its newline included. */
  readonly endByte: number
}

const newline = 0x0a

/** The JSON objects of a file's lines, up to the first that is cut off or damaged; none where there is no file. */
export async function* logLines(path: string): AsyncGenerator<LogLine> {
  let rest: Buffer = Buffer.alloc(0)
  let restStart = 0
  const chunks: AsyncIterable<Buffer> = createReadStream(path)
  try {
    for await (const chunk of chunks) {
      const buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
      let start = 0
      for (let end = buffer.indexOf(newline); end !== -1; end = buffer.indexOf(newline, start)) {
        const value = objectIn(buffer.toString('utf8', start, end))
        if (value === null) return
        yield { value, endByte: restStart + end + 1 }
        start = end + 1
      }
      rest = buffer.subarray(start)
      restStart += start
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
}

function objectIn(line: string): object | null {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}
