import type { EngineStatus } from '../engine-status.js'
import type { OperationName, OperationOutput, OperationRequest } from '../operations/index.js'
import type { LiveEvent, Progress } from '../progress.js'
import type { Outcome } from '../wire-error.js'
import type { ProjectBridge } from './projects.js'
import type { SettingsBridge } from './settings.js'
import type {
  AppInfo,
  JsonFileContent,
  JsonFileKind,
  MenuCommand,
  OpenKind,
  Sample,
  ScreenshotRequest,
} from './messages.js'

/** An operation's input as the window writes it; the main process fills the folder of the display copy. */
export type WindowRequest<Name extends OperationName> = Omit<OperationRequest<Name>, 'cacheFolder'>

export interface RunOptions {
  /** The view that asks; of one view's waiting previews only the newest is kept. */
  readonly client?: string
  readonly onProgress?: (progress: Progress) => void
  readonly onEvent?: (event: LiveEvent) => void
}

export interface RunningOperation<Output> {
  /** Never rejects; a cancelled operation ends with the error code `cancelled`. */
  readonly promise: Promise<Outcome<Output>>
  readonly cancel: () => void
}

/**
 * `window.isocenter`: all that the sandboxed window can ask of the program. Paths may only be such that the
 * person opened by dialog or drop, or that belong to the sample; others are refused with `input-invalid`.
 */
export interface WindowBridge {
  /** Runs one operation in the engine. Typed arrays are copied; a newer `preview` cancels the one waiting. */
  run<Name extends OperationName>(
    name: Name,
    request: WindowRequest<Name>,
    options?: RunOptions,
  ): RunningOperation<OperationOutput<Name>>
  /** Calls back with the present status at once and then on every change; returns the unsubscriber. */
  onEngineStatus(callback: (status: EngineStatus) => void): () => void
  /** Starts the engine again after `stopped`. */
  restartEngine(): Promise<void>
  /** Commands chosen in the application's menu; returns the unsubscriber. */
  onMenuCommand(callback: (command: MenuCommand) => void): () => void
  /** Undoes or redoes typing in the text field that has the focus. */
  editText(direction: 'undo' | 'redo'): Promise<void>
  /** Asks the person for files (or one folder, for `volume-folder`); empty when dismissed. */
  openFiles(kind: OpenKind): Promise<readonly string[]>
  /** The path of a file or folder dropped on the window, now allowed as an input; null for non-files. */
  pathForDroppedFile(file: File): Promise<string | null>
  /** Asks the person for a folder to write results to; null when dismissed. */
  chooseSaveFolder(): Promise<string | null>
  /** Reads and validates one of the program's small JSON files. */
  readJsonFile<Kind extends JsonFileKind>(kind: Kind, path: string): Promise<Outcome<JsonFileContent<Kind>>>
  /** Shows a file of an allowed folder in the system's file manager. */
  showInFolder(path: string): Promise<void>
  /** Saves a part of the window as PNG in a folder for results, under a name of its own; returns its path. */
  saveScreenshot(request: ScreenshotRequest): Promise<Outcome<string>>
  /** The URL for `fetch` of a display copy (`OpenVolumeOutput['display']['file']`). */
  volumeUrl(file: string): string
  /** The URL for `<img>` and `<video>` of a picture or video in a folder for results. */
  mediaUrl(file: string, version: number): string
  /** Makes the built-in phantom, once per session, and returns its files with poses and landmarks read. */
  openSample(): Promise<Outcome<Sample>>
  appInfo(): Promise<AppInfo>
  /** The last lines of the program's log, oldest first. */
  readLog(): Promise<readonly string[]>
  readonly settings: SettingsBridge
  /** Projects: a session in a folder, saved as it goes. */
  readonly projects: ProjectBridge
  /** Kills the engine process; present only under test (`ISOCENTER_TEST=1`). */
  readonly killEngineForTest?: () => Promise<void>
}
