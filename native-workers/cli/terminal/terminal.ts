/** Where the command line writes: results to `out`, progress and errors to `err`. */
export interface Terminal {
  out(text: string): void
  err(text: string): void
  /** `err` is a screen on which a line can be rewritten. */
  readonly interactive: boolean
  /** Of the screen; 80 where there is none. */
  readonly columns: number
}

/** The terminal of this process. */
export function processTerminal({ stdout, stderr }: NodeJS.Process): Terminal {
  return {
    out: (text) => stdout.write(text),
    err: (text) => stderr.write(text),
    interactive: stderr.isTTY,
    columns: stderr.columns ?? 80,
  }
}
