import { spawn } from 'node:child_process'

export interface MeasuredProcess {
  readonly exitCode: number | null
  readonly seconds: number
  /** What the process wrote to its fourth file descriptor. */
  readonly report: string
  /** Its standard error. */
  readonly errors: string
}

/** Runs a program to its end, its standard output unheard. Errors: those of starting it. */
export function runMeasured(command: string, parameters: readonly string[]): Promise<MeasuredProcess> {
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const child = spawn(command, parameters, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] })
    const texts = { errors: '', report: '' }
    child.stderr?.on('data', (chunk: Buffer) => {
      texts.errors += chunk.toString()
    })
    child.stdio[3]?.on('data', (chunk: Buffer) => {
      texts.report += chunk.toString()
    })
    child.once('error', reject)
    child.once('close', (exitCode) => {
      resolve({ exitCode, seconds: (performance.now() - started) / 1000, ...texts })
    })
  })
}

/** Makes Node tell its peak memory in KiB to the fourth file descriptor when it ends. */
export const nodeTellsPeakMemory = [
  '--import',
  `data:text/javascript,${encodeURIComponent("import { writeSync } from 'node:fs'; process.on('exit', () => writeSync(3, String(process.resourceUsage().maxRSS)))")}`,
]
