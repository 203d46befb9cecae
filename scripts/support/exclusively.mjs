import { mkdir, rm, stat } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'

/** A lock older than this was left behind by a process that was killed. */
const abandonedAfterMs = 10 * 60_000

/**
 * Runs `work` while no other process runs work under the same lock; waits for the other one first.
 *
 * @template Result
 * @param {string} lockFolder made for the time of the work; making a folder is atomic on every platform
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function exclusively(lockFolder, work) {
  while (!(await take(lockFolder))) await delay(100)
  try {
    return await work()
  } finally {
    await rm(lockFolder, { recursive: true, force: true })
  }
}

/** @param {string} lockFolder */
async function take(lockFolder) {
  try {
    await mkdir(lockFolder)
    return true
  } catch {
    const held = await stat(lockFolder).catch(() => null)
    if (held !== null && Date.now() - held.mtimeMs > abandonedAfterMs) {
      await rm(lockFolder, { recursive: true, force: true })
    }
    return false
  }
}
