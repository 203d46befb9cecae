import { join } from 'node:path'
import { inRepository } from './paths.mjs'
import { runCommand } from './run-command.mjs'
import { say, SetupError } from './say.mjs'

/** @typedef {{ xray: string, camera: string }} SampleView */

/**
 * Makes the built-in sample and registers it from the command line, as the window would.
 *
 * @param {string} folder existing folder; receives `sample/` and `registration/`
 * @returns {Promise<number>} the command line's exit code
 */
export async function registerSampleHeadless(folder) {
  const commandLine = inRepository('out', 'engine', 'cli.js')
  const phantom = await runCommand(
    process.execPath,
    [commandLine, 'phantom', '--json', '--out', join(folder, 'sample')],
    { capture: true },
  )
  if (phantom.exitCode !== 0) throw new SetupError(`The sample could not be made: ${phantom.stderr.trim()}`)
  /** @type {{ volume: string, views: SampleView[] }} */
  const sample = JSON.parse(phantom.stdout)
  const pictures = join(folder, 'registration')
  const register = await runCommand(process.execPath, [
    ...[commandLine, 'register', ...sample.views.map((view) => view.xray)],
    ...['--volume', sample.volume, '--camera', ...sample.views.map((view) => view.camera)],
    ...['--linearize', '--init', 'search', '--out', pictures],
  ])
  if (register.exitCode === 0) say(`The pictures and result.json are in ${pictures}`)
  return register.exitCode
}
