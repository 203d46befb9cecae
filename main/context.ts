import type { BrowserWindow } from 'electron'
import type { AppFolders } from './app-folders.js'
import type { EngineSupervisor } from './engine/supervisor.js'
import type { LaunchOptions } from './launch-options.js'
import type { Log } from './log-file.js'
import type { AllowedPaths } from './paths/allowed-paths.js'
import type { RunningOperations } from './running-operations.js'

/** What the modules of the main process share. Each exports `enable…(context)`, called once by `index.ts`. */
export interface AppContext {
  readonly options: LaunchOptions
  readonly folders: AppFolders
  readonly log: Log
  readonly engine: EngineSupervisor
  readonly allowedPaths: AllowedPaths
  readonly running: RunningOperations
  /** The one window; null before it is made and after it was closed. */
  window: BrowserWindow | null
}
