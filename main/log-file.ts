import { appendFileSync, renameSync, statSync } from 'node:fs'

/** Beyond this size a log is put aside as `.old` at the next start. */
const keptBytes = 2 * 1024 * 1024

/** Writes one line, with its time, to the log file. Never throws: a full disk must not stop the program. */
export type Log = (line: string) => void

export function openLogFile(path: string): Log {
  try {
    if (statSync(path).size > keptBytes) renameSync(path, `${path}.old`)
  } catch {
    // There is no log yet.
  }
  return (line) => {
    try {
      appendFileSync(path, `${new Date().toISOString()} ${line}\n`)
    } catch {
      process.stderr.write(`${line}\n`)
    }
  }
}
