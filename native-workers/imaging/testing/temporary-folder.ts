import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** vitest's hooks, given by the test file: code beside the tests does not depend on the test runner. */
interface Hooks {
  beforeAll(action: () => Promise<void>): void
  afterAll(action: () => Promise<void>): void
}

/** A folder of a test file, with blanks and umlauts in its name; gone afterwards. Call at the top of the file. */
export function temporaryFolder(hooks: Hooks): { path: string; file: (name: string) => string } {
  const folder = { path: '', file: (name: string) => join(folder.path, name) }
  hooks.beforeAll(async () => {
    folder.path = await mkdtemp(join(tmpdir(), 'Röntgen Prüf '))
  })
  hooks.afterAll(() => rm(folder.path, { recursive: true, force: true }))
  return folder
}
