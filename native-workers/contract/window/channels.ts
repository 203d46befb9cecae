import type { EngineStatus } from '../engine-status.js'
import type { LiveEvent, Progress } from '../progress.js'
import type { MenuCommand } from './messages.js'

/** Questions of the window, answered by the main process. */
export const askChannels = {
  run: 'isocenter:run',
  engineStatus: 'isocenter:engine-status',
  restartEngine: 'isocenter:restart-engine',
  editText: 'isocenter:edit-text',
  openFiles: 'isocenter:open-files',
  allowDropped: 'isocenter:allow-dropped',
  chooseSaveFolder: 'isocenter:choose-save-folder',
  readJsonFile: 'isocenter:read-json-file',
  showInFolder: 'isocenter:show-in-folder',
  saveScreenshot: 'isocenter:save-screenshot',
  openSample: 'isocenter:open-sample',
  appInfo: 'isocenter:app-info',
  readLog: 'isocenter:read-log',
  readSettings: 'isocenter:read-settings',
  saveSettings: 'isocenter:save-settings',
  recentProjects: 'isocenter:recent-projects',
  forgetProject: 'isocenter:forget-project',
  createProject: 'isocenter:create-project',
  openProject: 'isocenter:open-project',
  openRecentProject: 'isocenter:open-recent-project',
  currentProject: 'isocenter:current-project',
  saveProject: 'isocenter:save-project',
  closeProject: 'isocenter:close-project',
  killEngineForTest: 'isocenter:kill-engine-for-test',
} as const

/** Words of the window that need no answer. */
export const tellChannels = { cancel: 'isocenter:cancel' } as const

/** What the main process tells the window unasked, by channel. */
export interface Announcements {
  'isocenter:progress': { readonly id: string; readonly progress: Progress }
  'isocenter:event': { readonly id: string; readonly event: LiveEvent }
  'isocenter:engine-status-changed': EngineStatus
  'isocenter:menu-command': MenuCommand
}

/** The switch by which the main process tells a preload script that it runs under test. */
export const testSwitch = '--isocenter-test'

/** The scheme of the window's own pages, and that of display copies. */
export const schemes = { app: 'isocenter', data: 'isocenter-data' } as const

/** The URL under which the window fetches a display copy; the inverse of `fileOfDataUrl`. */
export function dataUrlOfFile(file: string): string {
  return `${schemes.data}://session/${encodeURIComponent(file)}`
}

/**
 * The URL under which the window shows a picture or video of an output folder. A file that is written again gets
 * another `version`, so that no copy of the earlier one is shown.
 */
export function mediaUrlOfFile(file: string, version: number): string {
  return `${dataUrlOfFile(file)}?${version}`
}

/** The path that a data URL names; null when it is none. */
export function fileOfDataUrl(url: string): string | null {
  const prefix = `${schemes.data}://session/`
  if (!url.startsWith(prefix)) return null
  try {
    return decodeURIComponent(url.slice(prefix.length).replace(/\?\d+$/, ''))
  } catch {
    return null
  }
}
