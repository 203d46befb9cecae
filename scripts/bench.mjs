import { ensureBuild } from './build.mjs'
import { ensureDependencies } from './ensure-dependencies.mjs'
import { inRepository } from './support/paths.mjs'
import { runCommand } from './support/run-command.mjs'
import { runScript } from './support/say.mjs'

/** `npm run bench [-- ARGUMENT...]`: tests/bench/bench.ts, on the built engine. */
await runScript(async () => {
  await ensureDependencies()
  await ensureBuild(['tools', 'engine'])
  const bench = await runCommand(process.execPath, [
    inRepository('out', 'tools', 'bench.js'),
    ...process.argv.slice(2),
  ])
  return bench.exitCode
})
