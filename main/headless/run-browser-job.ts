import { app } from 'electron'
import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import {
  browserJobSchema,
  browserJobSwitch,
  browserProgressPrefix,
  type BrowserReport,
} from '../../native-workers/contract/files/browser-job.js'
import { setChromiumSwitches } from '../chromium-switches.js'
import { encodeVideo, registerEncoderScheme } from './encode-video.js'
import { photograph } from './photograph.js'
import { photographOrbit } from './photograph-orbit.js'
import { refuseNetwork } from './refuse-network.js'

/** The job that this start is for; null where the application itself is wanted. */
export function browserJobPath(argv: readonly string[]): string | null {
  return (
    argv.find((argument) => argument.startsWith(browserJobSwitch))?.slice(browserJobSwitch.length) ?? null
  )
}

/** Does one job of the engine without a window and ends the process. Must run before Electron is ready. */
export function runBrowserJob(jobPath: string): void {
  const folder = dirname(jobPath)
  // A profile of its own: the application may be running, and Chromium locks a profile.
  app.setPath('userData', join(folder, 'profile'))
  setChromiumSwitches()
  registerEncoderScheme()
  // The hidden windows come and go; the job alone decides when the process ends.
  app.on('window-all-closed', () => undefined)
  void app
    .whenReady()
    .then(() => work(jobPath))
    .catch((error: unknown) => ({
      ok: false as const,
      message: error instanceof Error ? error.message : String(error),
    }))
    .then(async (report: BrowserReport) => {
      await writeFile(join(folder, 'report.json'), JSON.stringify(report))
      app.exit(report.ok ? 0 : 1)
    })
}

async function work(jobPath: string): Promise<BrowserReport> {
  refuseNetwork()
  const job = browserJobSchema.parse(JSON.parse(await readFile(jobPath, 'utf8')))
  switch (job.kind) {
    case 'encode-video':
      return { ok: true, codec: await encodeVideo(job, tellProgress) }
    case 'photograph':
      await photograph(job)
      return { ok: true }
    case 'photograph-orbit':
      await photographOrbit(job, tellProgress)
      return { ok: true }
  }
}

function tellProgress(fraction: number): void {
  process.stdout.write(`${browserProgressPrefix}${fraction.toFixed(4)}\n`)
}
