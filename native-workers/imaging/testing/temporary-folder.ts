import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'

/** A folder of a test file, with blanks and umlauts in its name; gone afterwards. Call at the top of a describe. */
export function temporaryFolder(): { path: string; file: (name: string) => string } {
  const folder = { path: '', file: (name: string) => join(folder.path, name) }
  beforeAll(async () => {
    folder.path = await mkdtemp(join(tmpdir(), 'Röntgen Prüf '))
  })
  afterAll(() => rm(folder.path, { recursive: true, force: true }))
  return folder
}
