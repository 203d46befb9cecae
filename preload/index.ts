import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { EngineStatus } from '../native-workers/contract/engine-status.js'
import type { OperationOutput } from '../native-workers/contract/operations/index.js'
import type { Outcome } from '../native-workers/contract/wire-error.js'
import type { WindowBridge } from '../native-workers/contract/window/bridge.js'
import {
  askChannels,
  dataUrlOfFile,
  mediaUrlOfFile,
  tellChannels,
  testSwitch,
  type Announcements,
} from '../native-workers/contract/window/channels.js'

function listen<Channel extends keyof Announcements>(
  channel: Channel,
  callback: (message: Announcements[Channel]) => void,
): () => void {
  const listener = (_: unknown, message: Announcements[Channel]): void => callback(message)
  ipcRenderer.on(channel, listener)
  return () => ipcRenderer.off(channel, listener)
}

/** The main process answers each channel in the type that the bridge promises. */
function ask<Answer>(channel: string, message?: unknown): Promise<Answer> {
  return ipcRenderer.invoke(channel, message)
}

const bridge: WindowBridge = {
  run(name, request, options = {}) {
    const id = crypto.randomUUID()
    const unsubscribe = [
      listen('isocenter:progress', (message) => message.id === id && options.onProgress?.(message.progress)),
      listen('isocenter:event', (message) => message.id === id && options.onEvent?.(message.event)),
    ]
    return {
      promise: ask<Outcome<OperationOutput<typeof name>>>(askChannels.run, {
        id,
        name,
        request,
        client: options.client,
      }).finally(() => unsubscribe.forEach((end) => end())),
      cancel: () => ipcRenderer.send(tellChannels.cancel, id),
    }
  },
  onEngineStatus(callback) {
    void ask<EngineStatus>(askChannels.engineStatus).then(callback)
    return listen('isocenter:engine-status-changed', callback)
  },
  restartEngine: () => ask(askChannels.restartEngine),
  onMenuCommand: (callback) => listen('isocenter:menu-command', callback),
  editText: (direction) => ask(askChannels.editText, direction),
  openFiles: (kind) => ask(askChannels.openFiles, kind),
  pathForDroppedFile(file) {
    // Empty for a File that a script made: only real drops and file inputs have a path.
    const path = webUtils.getPathForFile(file)
    return path === '' ? Promise.resolve(null) : ask(askChannels.allowDropped, path)
  },
  chooseSaveFolder: () => ask(askChannels.chooseSaveFolder),
  readJsonFile: (kind, path) => ask(askChannels.readJsonFile, { kind, path }),
  showInFolder: (path) => ask(askChannels.showInFolder, path),
  saveScreenshot: (request) => ask(askChannels.saveScreenshot, request),
  volumeUrl: dataUrlOfFile,
  mediaUrl: mediaUrlOfFile,
  openSample: () => ask(askChannels.openSample),
  appInfo: () => ask(askChannels.appInfo),
  readLog: () => ask(askChannels.readLog),
  settings: {
    read: () => ask(askChannels.readSettings),
    save: (settings) => ask(askChannels.saveSettings, settings),
  },
  projects: {
    recent: () => ask(askChannels.recentProjects),
    forget: (folder) => ask(askChannels.forgetProject, folder),
    create: () => ask(askChannels.createProject),
    open: () => ask(askChannels.openProject),
    openRecent: (folder) => ask(askChannels.openRecentProject, folder),
    current: () => ask(askChannels.currentProject),
    save: (request) => ask(askChannels.saveProject, request),
    close: () => ask(askChannels.closeProject),
  },
  ...(process.argv.includes(testSwitch) && {
    killEngineForTest: () => ask(askChannels.killEngineForTest),
  }),
}

contextBridge.exposeInMainWorld('isocenter', bridge)
