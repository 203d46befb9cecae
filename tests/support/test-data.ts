import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** Folder of real data for tests, or null; it is not part of the repository. */
export function testDataFolder(): string | null {
  const folder = process.env['XRAY_TEST_DATA'] ?? resolve(import.meta.dirname, '../../../shared/data')
  return existsSync(folder) ? folder : null
}

/** Path of one file of the test data; prints why and returns null when it is absent, so that the test skips. */
export function testDataFile(...parts: readonly string[]): string | null {
  const folder = testDataFolder()
  const path = folder === null ? null : join(folder, ...parts)
  if (path !== null && existsSync(path)) return path
  console.warn(`skipped: test data ${join(...parts)} not found (set XRAY_TEST_DATA to its folder)`)
  return null
}
