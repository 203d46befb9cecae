import { access, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureSystemPackages } from './ensure-system-packages.mjs'
import { hasDisplay, withDisplay } from './support/display.mjs'
import { electronSwitches } from './support/electron-runtime.mjs'
import { packagedExecutable } from './support/packaged-application.mjs'
import { runCommand } from './support/run-command.mjs'
import { runScript, say, SetupError } from './support/say.mjs'

/** Far more than the sample takes; an application that hangs must not hold up the caller for ever. */
const smokeLimitMs = 5 * 60_000

/**
 * `npm run smoke`: starts the packaged application from a foreign folder with its own Node alone, lets it register
 * the built-in sample, and passes on its one line of JSON and its exit code.
 */
await runScript(async () => {
  const executable = packagedExecutable()
  await access(executable).catch(() => {
    throw new SetupError('There is no packaged application in dist/; run `npm run package` first.')
  })
  await ensureSystemPackages(executable, { virtualDisplay: !hasDisplay() })
  const elsewhere = await mkdtemp(join(tmpdir(), 'isocenter smoke ä-'))
  const startedMs = performance.now()
  try {
    const application = await withDisplay(() =>
      runCommand(executable, [...electronSwitches(), '--smoke', `--user-data-dir=${elsewhere}`], {
        cwd: elsewhere,
        capture: true,
        timeoutMs: smokeLimitMs,
        // The packaged engine must not depend on the Node that runs this script.
        env: { ISOCENTER_NODE: undefined, npm_node_execpath: undefined, NODE: undefined },
      }),
    )
    process.stdout.write(application.stdout)
    if (application.exitCode !== 0) process.stderr.write(application.stderr)
    say(`The packaged application ended with ${application.exitCode} after ${secondsSince(startedMs)} s.`)
    return application.exitCode
  } finally {
    await rm(elsewhere, { recursive: true, force: true })
  }
})

/** @param {number} startedMs */
function secondsSince(startedMs) {
  return ((performance.now() - startedMs) / 1000).toFixed(1)
}
