import { access } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { runCommand } from './support/run-command.mjs'
import { say, SetupError } from './support/say.mjs'

/** What Chromium links against, by Debian's names; later releases append t64 to some of them. */
const debianLibraries = [
  ...['libgtk-3-0', 'libnss3', 'libnspr4', 'libasound2', 'libgbm1', 'libatk1.0-0', 'libatk-bridge2.0-0'],
  ...['libcups2', 'libdrm2', 'libxkbcommon0', 'libxcomposite1', 'libxdamage1', 'libxfixes3', 'libxrandr2'],
  ...['libatspi2.0-0', 'libdbus-1-3', 'libx11-xcb1'],
]
const debianVirtualDisplay = ['xvfb', 'xauth']

/**
 * Makes sure that Electron's shared libraries, and where asked an X server without a screen, are on this machine.
 * As root on Debian and its kin what is missing is installed; elsewhere it is named.
 *
 * @param {string} electronExecutable
 * @param {{ virtualDisplay: boolean }} needs
 * @throws {SetupError} naming what is missing
 */
export async function ensureSystemPackages(electronExecutable, needs) {
  if (process.platform !== 'linux') return
  const missing = await findMissing(electronExecutable, needs)
  if (missing.length === 0) return
  const packages = [...debianLibraries, ...(needs.virtualDisplay ? debianVirtualDisplay : [])]
  if (process.getuid?.() !== 0 || !(await isOnPath('apt-get'))) {
    throw new SetupError(
      `This machine lacks ${missing.join(', ')}. On Debian or Ubuntu: sudo apt-get install ${packages.join(' ')}`,
    )
  }
  say(`Installing system packages for ${missing.join(', ')} ...`)
  await installDebianPackages(packages)
  const stillMissing = await findMissing(electronExecutable, needs)
  if (stillMissing.length > 0) {
    throw new SetupError(`After the installation this machine still lacks ${stillMissing.join(', ')}.`)
  }
}

/**
 * Whether a program that a test compares with is there; as root on Debian and its kin it is installed where not.
 *
 * @param {string} program
 * @param {string} debianPackage
 * @returns {Promise<boolean>}
 */
export async function ensureProgram(program, debianPackage) {
  if (await isOnPath(program)) return true
  if (process.getuid?.() !== 0 || !(await isOnPath('apt-get'))) return false
  try {
    await installDebianPackages([debianPackage])
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
  }
  return isOnPath(program)
}

/** @param {string} electronExecutable @param {{ virtualDisplay: boolean }} needs @returns {Promise<string[]>} */
async function findMissing(electronExecutable, needs) {
  const linked = await runCommand('ldd', [electronExecutable], { capture: true })
  const libraries = [...linked.stdout.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1])
  const display = needs.virtualDisplay && !(await isOnPath('Xvfb')) ? ['Xvfb'] : []
  return [...new Set([...libraries, ...display])]
}

/** @param {string[]} packages */
async function installDebianPackages(packages) {
  const apt = { stdoutToStderr: true, env: { DEBIAN_FRONTEND: 'noninteractive' } }
  // Another installation may hold the lock for a while.
  const wait = ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Dpkg::Use-Pty=0', '-qq']
  await runCommand('apt-get', [...wait, 'update'], apt)
  const names = await Promise.all(packages.map(nameInThisRelease))
  const install = ['install', '-y', '--no-install-recommends', ...names]
  const installed = await runCommand('apt-get', [...wait, ...install], apt)
  if (installed.exitCode !== 0) throw new SetupError(`apt-get could not install ${names.join(' ')}.`)
}

/** @param {string} name @returns {Promise<string>} the name with t64 where this release has only that one */
async function nameInThisRelease(name) {
  const renamed = `${name}t64`
  const policy = await runCommand('apt-cache', ['policy', renamed], { capture: true, env: { LC_ALL: 'C' } })
  return /Candidate: (?!\(none\))/.test(policy.stdout) ? renamed : name
}

/** @param {string} program */
async function isOnPath(program) {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const found = await Promise.all(
    folders.map((folder) =>
      access(join(folder, program)).then(
        () => true,
        () => false,
      ),
    ),
  )
  return found.includes(true)
}
