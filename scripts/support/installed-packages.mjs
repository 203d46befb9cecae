/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {boolean} [optional]
 * @property {boolean} [devOptional]
 * @property {boolean} [dev]
 */

/** @param {string} text @returns {Record<string, LockedPackage>} packages of an npm lock file (version 3) by path */
export function lockedPackages(text) {
  /** @type {{ packages?: Record<string, LockedPackage> }} */
  const lock = JSON.parse(text)
  return lock.packages ?? {}
}

/**
 * Whether an installation has every package of a lock file in its version. Optional packages of other platforms may
 * be absent; packages that the lock file no longer names do no harm.
 *
 * @param {string} wantedLock text of package-lock.json
 * @param {string} presentLock text of node_modules/.package-lock.json
 */
export function isInstalled(wantedLock, presentLock) {
  const present = lockedPackages(presentLock)
  return Object.entries(lockedPackages(wantedLock)).every(([path, wanted]) => {
    if (path === '') return true
    if (path in present) return present[path].version === wanted.version
    return wanted.optional === true || wanted.devOptional === true
  })
}
