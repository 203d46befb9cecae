import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout's folder; every script works from here, wherever it was called from. */
export const repositoryRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** @param {...string} parts path below the checkout @returns {string} absolute path */
export function inRepository(...parts) {
  return join(repositoryRoot, ...parts)
}
