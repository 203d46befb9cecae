import { realpathSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

/** @param {string} moduleUrl `import.meta.url` @returns {boolean} whether Node was started with this module */
export function isMain(moduleUrl) {
  const started = process.argv[1]
  return started !== undefined && pathToFileURL(realpathSync(started)).href === moduleUrl
}
