/** What is known of an engine process that ended. */
export interface EngineExit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** The last lines of its error output, oldest first. */
  readonly lastLines: readonly string[]
}

/** One sentence for people on why the engine process ended. */
export function explainExit({ code, signal, lastLines }: EngineExit): string {
  const output = lastLines.join('\n')
  if (/heap out of memory|ERR_WORKER_OUT_OF_MEMORY|Array buffer allocation failed/.test(output)) {
    return 'The engine ran out of memory.'
  }
  if (signal === 'SIGKILL') {
    return 'The engine was ended from outside (SIGKILL); the system does so when memory runs out.'
  }
  if (signal !== null) return `The engine crashed (${signal}).`
  const lastLine = lastLines.at(-1)
  return `The engine ended with code ${code ?? 'unknown'}${lastLine === undefined ? '.' : `: ${lastLine}`}`
}
