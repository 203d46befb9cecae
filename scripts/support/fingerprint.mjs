import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { repositoryRoot } from './paths.mjs'

/** Unit tests never enter a build. @param {string} name */
function countsAsSource(name) {
  return !/\.test\.[cm]?[jt]s$/.test(name)
}

/**
 * Digest of the contents and names of source files, so that a build is repeated exactly when one of them changed;
 * times of change are not looked at, since a checkout renews them.
 *
 * @param {readonly string[]} sources files and folders below `root`; absent ones count as absent
 * @param {string} [root]
 * @returns {Promise<string>} hexadecimal SHA-256
 */
export async function fingerprint(sources, root = repositoryRoot) {
  const files = (await Promise.all(sources.map((source) => filesBelow(join(root, source))))).flat().sort()
  const contents = await Promise.all(files.map((file) => readFile(file)))
  const hash = createHash('sha256')
  files.forEach((file, index) => {
    const content = contents[index]
    hash.update(`${relative(root, file).split(sep).join('/')}\0${content.length}\0`).update(content)
  })
  return hash.digest('hex')
}

/** @param {string} path @returns {Promise<string[]>} */
async function filesBelow(path) {
  const found = await stat(path).catch(() => null)
  if (found === null) return []
  if (!found.isDirectory()) return [path]
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && countsAsSource(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}
