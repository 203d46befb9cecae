import { ensureBuild } from './build.mjs'
import { ensureDependencies } from './ensure-dependencies.mjs'
import { ensureElectron } from './ensure-electron.mjs'
import { ensureSystemPackages } from './ensure-system-packages.mjs'
import { hasDisplay, withDisplay } from './support/display.mjs'
import { runScript, say } from './support/say.mjs'
import { sumOfTallies, tallyLine, tallyOf } from './support/test-tally.mjs'

/**
 * `npm test [-- unit|integration|e2e ... [FILE FILTER ...]]`: sets up what the tests need and runs the projects one
 * after another; all three by default. The last line counts the tests.
 */
const projects = ['unit', 'integration', 'e2e']

await runScript(async () => {
  const given = process.argv.slice(2)
  const chosen = projects.filter((project) => given.includes(project))
  const running = chosen.length > 0 ? chosen : projects
  await ensureDependencies()
  await setUp(running)
  const filters = given.filter((argument) => !projects.includes(argument))
  const tallies = []
  for (const project of running) {
    const run = () => runProject(project, filters)
    tallies.push(await (project === 'e2e' ? withDisplay(run) : run()))
  }
  const total = sumOfTallies(tallies)
  for (const { name, reason } of total.skipped) process.stdout.write(`skipped: ${name}: ${reason}\n`)
  process.stdout.write(`${tallyLine(total)}\n`)
  return total.failed > 0 ? 1 : 0
})

/** @param {readonly string[]} running */
async function setUp(running) {
  process.env['ISOCENTER_NODE'] = process.execPath
  if (running.includes('e2e')) {
    const electron = await ensureElectron()
    await ensureSystemPackages(electron.executable, { virtualDisplay: !hasDisplay() })
  }
  if (running.some((project) => project !== 'unit')) await ensureBuild()
}

/** @param {string} project @param {string[]} filters */
async function runProject(project, filters) {
  say(`\n== ${project} tests`)
  const { startVitest } = await import('vitest/node')
  const vitest = await startVitest('test', filters, {
    run: true,
    watch: false,
    project: [project],
    reporters: ['default'],
    passWithNoTests: filters.length > 0,
  })
  const tally = tallyOf(vitest.state.getTestModules(), vitest.state.getUnhandledErrors().length)
  await vitest.close()
  return tally
}
