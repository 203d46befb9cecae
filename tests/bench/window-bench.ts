import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchApplication } from '../e2e/launch.js'
import { heading } from './support/report.js'
import { benchData } from './window/bench-data.js'
import { benchFluidity } from './window/fluidity.js'
import { benchMemory, writeLargestCt } from './window/memory.js'
import { benchOpening } from './window/opening.js'

/*
 * The real window on the real Electron: `npm run bench -- window`; `-- window views` leaves out the memory, and
 * `-- window memory` is that alone. Figures of one run; nothing is asserted.
 */

const cases = ['views', 'memory'] as const
const chosen = cases.filter((name) => process.argv.includes(name))
const runs = (name: (typeof cases)[number]): boolean => chosen.length === 0 || chosen.includes(name)
/** A busy machine may take long; nothing here is in a hurry. */
const patienceMs = 300_000
const restAfterStartMs = 2_000

async function main(): Promise<void> {
  const load = loadavg()[0].toFixed(2)
  heading(`${cpus()[0].model}, ${String(cpus().length)} cores, Node ${process.version}, load ${load}`)
  const folder = await mkdtemp(join(tmpdir(), 'isocenter-bench-'))
  try {
    if (runs('views')) {
      const data = await benchData(folder)
      await withWindow(async (application) => {
        await benchOpening(application, data)
        await benchFluidity(application)
      })
    }
    if (runs('memory')) {
      const volume = await writeLargestCt(folder)
      await withWindow((application) => benchMemory(application, volume))
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

type Application = Awaited<ReturnType<typeof launchApplication>>

async function withWindow(work: (application: Application) => Promise<void>): Promise<void> {
  const application = await launchApplication()
  try {
    application.window.setDefaultTimeout(patienceMs)
    await application.window.locator('[data-testid=engine-status][data-state=ready]').waitFor()
    // By the time that a person has found the button, the program has come to rest.
    await application.window.waitForTimeout(restAfterStartMs)
    heading(`Graphics: ${await application.window.getByTestId('graphics').innerText()}`)
    await work(application)
  } finally {
    await application.close()
  }
}

await main()
