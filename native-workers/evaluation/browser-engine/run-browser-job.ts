import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { throwIfCancelled, UserError } from '../../contract/errors.js'
import {
  type BrowserJob,
  browserJobSwitch,
  browserProgressPrefix,
  type BrowserReport,
  browserReportSchema,
} from '../../contract/files/browser-job.js'
import { type BrowserEngine } from './find-browser-engine.js'

export interface BrowserJobOptions {
  readonly signal: AbortSignal
  /** 0..1 */
  readonly onProgress?: (fraction: number) => void
}

/** A browser engine that says nothing for this long is given up; a page of a scene takes seconds. */
const silenceLimitMs = 120_000
const keptErrorLines = 12

/**
 * Lets an Electron without a window do a job, which reads and writes files, and returns what it reports. Errors:
 * `runtime-missing` (it does not start, or can't do the job; the reason in words), `cancelled`.
 */
export async function runBrowserJob(
  { executable, switches }: BrowserEngine,
  job: BrowserJob,
  { signal, onProgress }: BrowserJobOptions,
): Promise<Extract<BrowserReport, { ok: true }>> {
  throwIfCancelled(signal)
  const folder = await mkdtemp(join(tmpdir(), 'isocenter-browser-'))
  try {
    const jobPath = join(folder, 'job.json')
    await writeFile(jobPath, JSON.stringify(job))
    const lastLines = await runToEnd(
      executable,
      [...switches, `${browserJobSwitch}${jobPath}`],
      signal,
      onProgress,
    )
    throwIfCancelled(signal)
    const report = await readReport(join(folder, 'report.json'))
    if (report?.ok === true) return report
    const reason = report?.message ?? lastLines.join(' ')
    throw new UserError(
      'runtime-missing',
      `The browser engine "${executable}" could not do its work: ${reason === '' ? 'it ended without a word' : reason}`,
      'Check that the application itself starts on this machine.',
    )
  } finally {
    // Chromium's helpers may still be writing their profile.
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
}

async function readReport(path: string): Promise<BrowserReport | undefined> {
  try {
    return browserReportSchema.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return undefined
  }
}

/** The last lines that the process wrote on standard error; kills it on cancel and when it falls silent. */
function runToEnd(
  executable: string,
  processArguments: readonly string[],
  signal: AbortSignal,
  onProgress: ((fraction: number) => void) | undefined,
): Promise<string[]> {
  return new Promise((resolve) => {
    const lastLines: string[] = []
    const child = spawn(executable, processArguments, {
      env: browserEnvironment(process.env),
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    })
    const kill = (): void => void child.kill('SIGKILL')
    const fallSilent = (): void => {
      lastLines.push(`It said nothing for ${silenceLimitMs / 1000} s.`)
      kill()
    }
    let silence = setTimeout(fallSilent, silenceLimitMs)
    signal.addEventListener('abort', kill)
    createInterface({ input: child.stdout }).on('line', (line) => {
      clearTimeout(silence)
      silence = setTimeout(fallSilent, silenceLimitMs)
      if (line.startsWith(browserProgressPrefix))
        onProgress?.(Number(line.slice(browserProgressPrefix.length)))
    })
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (line.trim() === '') return
      lastLines.push(line)
      if (lastLines.length > keptErrorLines) lastLines.shift()
    })
    child.on('error', (error) => lastLines.push(error.message))
    child.on('close', () => {
      clearTimeout(silence)
      signal.removeEventListener('abort', kill)
      resolve(lastLines)
    })
  })
}

/** Settings meant for Node programs must not change Electron, least of all turn it into Node. */
function browserEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(
      ([name]) => !/^(NODE_OPTIONS|NODE_PATH|NODE_CHANNEL_.*|ELECTRON_RUN_AS_NODE)$/.test(name),
    ),
  )
}
