import { type Terminal } from './terminal.js'

/** A terminal that keeps what was written, for tests. */
export function recordingTerminal(options: { interactive?: boolean; columns?: number } = {}) {
  let out = ''
  let err = ''
  const terminal: Terminal = {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    interactive: options.interactive ?? false,
    columns: options.columns ?? 80,
  }
  return { terminal, outText: () => out, errText: () => err }
}
