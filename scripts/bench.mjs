import { ensureBuild } from './build.mjs'
import { ensureDependencies } from './ensure-dependencies.mjs'
import { ensureElectron } from './ensure-electron.mjs'
import { ensureSystemPackages } from './ensure-system-packages.mjs'
import { hasDisplay, withDisplay } from './support/display.mjs'
import { inRepository } from './support/paths.mjs'
import { runCommand } from './support/run-command.mjs'
import { runScript } from './support/say.mjs'

/**
 * `npm run bench [-- ARGUMENT...]`: tests/bench/bench.ts, on the built engine; `npm run bench -- window [ARGUMENT...]`:
 * tests/bench/window-bench.ts, on the real window.
 */
await runScript(async () => {
  const [subject, ...rest] = process.argv.slice(2)
  await ensureDependencies()
  if (subject !== 'window') {
    await ensureBuild(['tools', 'engine'])
    return runTool('bench.js', process.argv.slice(2))
  }
  const electron = await ensureElectron()
  await ensureSystemPackages(electron.executable, { virtualDisplay: !hasDisplay() })
  await ensureBuild()
  return withDisplay(() => runTool('window-bench.js', rest))
})

/** @param {string} name @param {readonly string[]} parameters */
async function runTool(name, parameters) {
  const { exitCode } = await runCommand(process.execPath, [inRepository('out', 'tools', name), ...parameters])
  return exitCode
}
