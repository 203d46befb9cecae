import { cp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { lockedPackages } from './installed-packages.mjs'
import { inRepository } from './paths.mjs'

/** What packages carry for their own developers. */
const leftOut =
  /(^|\/)(test|tests|__tests__|docs|examples?|\.github)(\/|$)|\.(map|md|markdown|d\.[cm]?ts|tsbuildinfo)$/i

/** Native libraries lie in folders named by platform and processor (onnxruntime-node). */
const platformFolder = /(^|\/)bin\/napi-v\d+\/([^/]+)(\/([^/]+))?/

/**
 * Whether a package's file is of use to the engine on this machine's platform.
 *
 * @param {string} inside path within the package, with slashes
 * @param {{ platform: string, arch: string }} machine
 * @returns {boolean}
 */
export function isNeededFile(inside, { platform, arch }) {
  if (leftOut.test(inside)) return false
  const [, , ofPlatform, , ofArch] = platformFolder.exec(inside) ?? []
  return (ofPlatform ?? platform) === platform && (ofArch ?? arch) === arch
}

/**
 * Paths, as in the lock file, of the packages that the running engine needs.
 *
 * @param {string} lock text of package-lock.json
 * @param {string} present text of node_modules/.package-lock.json; optional packages of other platforms are absent
 * @returns {string[]}
 */
export function productionPackagePaths(lock, present) {
  const installed = lockedPackages(present)
  return Object.entries(lockedPackages(lock))
    .filter(([path, { dev, devOptional }]) => path !== '' && dev !== true && devOptional !== true)
    .map(([path]) => path)
    .filter((path) => path in installed)
}

/**
 * Copies the production packages of node_modules.
 *
 * @param {string} folder replaced; becomes the application's node_modules
 */
export async function copyProductionPackages(folder) {
  const [lock, present] = await Promise.all([
    readFile(inRepository('package-lock.json'), 'utf8'),
    readFile(inRepository('node_modules', '.package-lock.json'), 'utf8'),
  ])
  await rm(folder, { recursive: true, force: true })
  for (const path of productionPackagePaths(lock, present)) {
    const from = inRepository(path)
    await cp(from, join(folder, path.slice('node_modules/'.length)), {
      recursive: true,
      dereference: true,
      filter: (source) => {
        const inside = source.slice(from.length).replaceAll('\\', '/')
        // Nested packages are listed, and copied, by themselves.
        return !inside.startsWith('/node_modules') && isNeededFile(inside, process)
      },
    })
  }
}
