import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { runCommand, runNpm } from './run-command.mjs'
import { SetupError } from './say.mjs'

/**
 * @typedef {object} PinnedPackage
 * @property {string} name
 * @property {string} version
 * @property {string} integrity `sha512-` and the base64 digest of the tarball
 */

/**
 * Digest of a file, read as a stream.
 *
 * @param {string} path
 * @param {'sha256' | 'sha512'} algorithm
 * @param {'hex' | 'base64'} encoding
 */
export async function fileDigest(path, algorithm, encoding) {
  const hash = createHash(algorithm)
  await pipeline(createReadStream(path), hash)
  return hash.digest(encoding)
}

/**
 * Fetches a pinned package's tarball through the configured npm registry, compares its digest, and unpacks it
 * without running anything of it.
 *
 * @param {PinnedPackage} pinned
 * @param {string} folder existing folder that receives the package's files
 * @param {readonly string[]} [exclude] paths inside the package that are never unpacked
 * @throws {SetupError} when it cannot be fetched, differs from the pin or cannot be unpacked
 */
export async function unpackPinnedPackage(pinned, folder, exclude = []) {
  const label = `${pinned.name}@${pinned.version}`
  const download = await mkdtemp(join(tmpdir(), 'isocenter-package-'))
  try {
    const packed = await runNpm(
      [
        'pack',
        label,
        '--ignore-scripts',
        '--prefer-offline',
        '--loglevel=error',
        '--pack-destination',
        download,
      ],
      { capture: true, cwd: download },
    )
    const tarball = (await readdir(download)).find((name) => name.endsWith('.tgz'))
    if (packed.exitCode !== 0 || tarball === undefined) {
      throw new SetupError(`The npm package ${label} could not be fetched: ${npmReason(packed.stderr)}`)
    }
    const path = join(download, tarball)
    const digest = `sha512-${await fileDigest(path, 'sha512', 'base64')}`
    if (digest !== pinned.integrity) {
      throw new SetupError(
        `The npm package ${label} is not the pinned one (its SHA-512 differs); it was not used.`,
      )
    }
    const unpacked = await runCommand(
      'tar',
      [
        '-xzf',
        path,
        '--strip-components=1',
        ...exclude.map((entry) => `--exclude=package/${entry}`),
        '-C',
        folder,
      ],
      { capture: true },
    )
    if (unpacked.exitCode !== 0) {
      throw new SetupError(`The npm package ${label} could not be unpacked: ${lastLine(unpacked.stderr)}`)
    }
  } finally {
    await rm(download, { recursive: true, force: true })
  }
}

/** @param {string} text */
function lastLine(text) {
  return text.trim().split('\n').at(-1) ?? ''
}

/** npm's own words, without the lines that only point to its log. @param {string} text */
function npmReason(text) {
  const lines = text.split('\n').filter((line) => line.startsWith('npm error'))
  return lines
    .slice(0, 2)
    .map((line) => line.slice('npm error '.length))
    .join('; ')
}
