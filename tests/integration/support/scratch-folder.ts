import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'

/** A temporary folder, its name with blanks and umlauts, for all tests of a file. */
export function scratchFolder(): (...parts: readonly string[]) => string {
  let root = ''
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'isocenter Prüfung für Ärzte '))
  })
  afterAll(() => rm(root, { recursive: true, force: true }))
  return (...parts) => join(root, ...parts)
}
