import { app } from 'electron'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LaunchOptions } from './launch-options.js'

/** Where things lie. The session's folders are emptied at every start and removed at the end. */
export interface AppFolders {
  readonly rendererBundle: string
  readonly preloadScript: string
  readonly engineEntry: string
  readonly logFile: string
  readonly session: string
  /** Display copies of volumes; the only folder that the data protocol serves. */
  readonly display: string
  readonly sample: string
}

/**
 * Makes this start's folders. Called once, by the one instance of a user's folder: what another left there
 * belongs to a run that has ended.
 */
export function prepareFolders(): AppFolders {
  const userData = app.getPath('userData')
  const session = join(userData, 'session')
  rmSync(session, { recursive: true, force: true })
  const folders: AppFolders = {
    rendererBundle: beside('../renderer'),
    preloadScript: beside('../preload/index.cjs'),
    engineEntry: unpacked(beside('../engine/engine.js')),
    logFile: join(userData, 'logs', 'isocenter.log'),
    session,
    display: join(session, 'display'),
    sample: join(session, 'sample'),
  }
  for (const folder of [folders.display, join(userData, 'logs')]) mkdirSync(folder, { recursive: true })
  return folders
}

/** Must run before Electron is ready. The smoke test keeps away from the person's own folder. */
export function chooseUserDataFolder({ userDataFolder, smoke }: LaunchOptions): void {
  const folder = userDataFolder ?? (smoke ? mkdtempSync(join(tmpdir(), 'isocenter-smoke-')) : null)
  if (folder !== null) app.setPath('userData', folder)
}

/** A path relative to the bundled main module, `out/main/index.js`. */
function beside(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url))
}

/** Stock Node can't read Electron's archive; the engine is unpacked beside it. */
function unpacked(path: string): string {
  return path.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked')
}
