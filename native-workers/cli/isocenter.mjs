#!/usr/bin/env node
/**
 * The command `isocenter` of a checkout: builds what is missing or changed, then hands over to the built command
 * line. The packaged application starts that one directly.
 */
import { ensureBuild } from '../../scripts/build.mjs'
import { ensureDependencies } from '../../scripts/ensure-dependencies.mjs'
import { findElectron } from '../../scripts/support/electron-runtime.mjs'
import { repositoryRoot } from '../../scripts/support/paths.mjs'
import { SetupError } from '../../scripts/support/say.mjs'

/** They encode videos and draw scenes by the application's own Electron, where this checkout has one. */
const commandsWithBrowserEngine = new Set(['figure', 'frames', 'orbit', 'animate', 'scene'])

try {
  await ensureDependencies()
  await ensureBuild(['engine'])
  if (commandsWithBrowserEngine.has(process.argv[2] ?? '')) await offerBrowserEngine()
} catch (error) {
  if (!(error instanceof SetupError)) throw error
  process.stderr.write(`error: ${error.message}\n`)
  process.exit(1)
}
await import(new URL('../../out/engine/cli.js', import.meta.url).href)

async function offerBrowserEngine() {
  await ensureBuild(['pages'])
  const electron = await findElectron()
  if (electron === null || process.env['ISOCENTER_ELECTRON'] !== undefined) return
  await ensureBuild(['window'])
  process.env['ISOCENTER_ELECTRON'] = electron.executable
  process.env['ISOCENTER_ELECTRON_APP'] = repositoryRoot
}
