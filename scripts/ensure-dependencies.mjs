import { readFile } from 'node:fs/promises'
import { isInstalled } from './support/installed-packages.mjs'
import { exclusively } from './support/exclusively.mjs'
import { isMain } from './support/is-main.mjs'
import { inRepository } from './support/paths.mjs'
import { runNpm } from './support/run-command.mjs'
import { runScript, say, SetupError } from './support/say.mjs'

const oldestNode = [20, 19]

/**
 * Installs the npm packages of package-lock.json when node_modules differs from it. Uses Node's own modules alone,
 * since it runs before anything is installed.
 *
 * @throws {SetupError} when Node is too old or npm fails
 */
export async function ensureDependencies() {
  requireNode()
  if (await dependenciesMatch()) return
  await exclusively(inRepository('.npm-ci-running'), async () => {
    if (await dependenciesMatch()) return
    say('Installing the npm packages of package-lock.json ...')
    const npm = await runNpm(['ci', '--prefer-offline', '--no-progress', '--loglevel=error'], {
      stdoutToStderr: true,
      env: { ELECTRON_SKIP_BINARY_DOWNLOAD: '1' },
    })
    if (npm.exitCode !== 0) {
      throw new SetupError('npm could not install the packages; its own message stands above.')
    }
  })
}

async function dependenciesMatch() {
  const [wanted, present] = await Promise.all([
    readFile(inRepository('package-lock.json'), 'utf8'),
    // npm writes this file at the end of an installation; an interrupted one leaves none.
    readFile(inRepository('node_modules', '.package-lock.json'), 'utf8').catch(() => '{}'),
  ])
  return isInstalled(wanted, present)
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  const [oldestMajor, oldestMinor] = oldestNode
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
    throw new SetupError(
      `Node ${process.versions.node} is too old; Isocenter needs Node ${oldestNode.join('.')} or newer.`,
    )
  }
}

if (isMain(import.meta.url)) await runScript(ensureDependencies)
