import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = process.env.XRAY_TEST_DATA ?? resolve('../shared/data')

/** A path of the real test data, or null after printing why the tests that need it are skipped. */
export function realData(...parts: string[]): string | null {
  const path = join(root, ...parts)
  if (existsSync(path)) return path
  console.info(`skipped: ${path} is absent (set XRAY_TEST_DATA to the folder of the real test data)`)
  return null
}
