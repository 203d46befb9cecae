import { mkdtemp, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuild } from './build.mjs'
import { ensureDependencies } from './ensure-dependencies.mjs'
import { ensureElectron } from './ensure-electron.mjs'
import { ensureSystemPackages } from './ensure-system-packages.mjs'
import { hasDisplay, withDisplay } from './support/display.mjs'
import { electronSwitches } from './support/electron-runtime.mjs'
import { inRepository } from './support/paths.mjs'
import { runScript, say } from './support/say.mjs'

const size = { width: 1600, height: 1000 }
/** A registration on a busy machine may take long; one that never ends must not hold up the caller for ever. */
const patienceMs = 3 * 60_000

/** `npm run screenshot`: remakes assets/screenshot.png, the registered sample in the real window. */
await runScript(async () => {
  await ensureDependencies()
  const electron = await ensureElectron()
  await ensureSystemPackages(electron.executable, { virtualDisplay: !hasDisplay() })
  await ensureBuild(['window', 'engine'])
  const picture = inRepository('assets', 'screenshot.png')
  await withDisplay(() => photographSample(electron.executable, picture))
  say(`${picture}: ${Math.round((await stat(picture)).size / 1024)} KB`)
})

/** @param {string} executable @param {string} picture path that is replaced once the new picture is complete */
async function photographSample(executable, picture) {
  const { _electron } = await import('playwright-core')
  const userData = await mkdtemp(join(tmpdir(), 'isocenter-screenshot-'))
  const application = await _electron.launch({
    executablePath: executable,
    args: [...electronSwitches(), `--user-data-dir=${userData}`, inRepository(), '--sample'],
    env: definedOnly({
      ...process.env,
      ELECTRON_RUN_AS_NODE: undefined,
      ISOCENTER_NODE: process.execPath,
      ISOCENTER_TEST: '1',
    }),
  })
  try {
    const window = await application.firstWindow()
    window.setDefaultTimeout(patienceMs)
    await application.evaluate(({ BrowserWindow }, { width, height }) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(width, height)
    }, size)
    const rests = window.getByTestId('drr-status').getByText('512 × 512')
    await rests.waitFor()
    await window.getByTestId('register').click()
    await window.getByTestId('sample-truth').waitFor()
    await window.getByTestId('overlay-edges').click()
    await rests.waitFor()
    await window.mouse.move(0, 0)
    // The 3D view takes up the new pose by itself, at its own pace, and announces nothing.
    await window.waitForTimeout(3000)
    const fresh = `${picture}.new.png`
    await window.screenshot({ path: fresh })
    await rename(fresh, picture)
  } finally {
    await application.close()
    await rm(userData, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** @param {NodeJS.ProcessEnv} environment @returns {Record<string, string>} */
function definedOnly(environment) {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
