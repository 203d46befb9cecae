import { app } from 'electron'
import { z } from 'zod'
import { askChannels } from '../../native-workers/contract/window/channels.js'
import type { AppInfo } from '../../native-workers/contract/window/messages.js'
import type { AppContext } from '../context.js'
import { answer } from './answer.js'

/** What the window shows about the program. */
export function enableAppInfo(context: AppContext): void {
  answer(context, askChannels.appInfo, z.undefined(), (): AppInfo => ({
    version: app.getVersion(),
    electronVersion: process.versions.electron,
    chromeVersion: process.versions.chrome,
    platform: `${process.platform} ${process.arch}`,
    logFile: context.folders.logFile,
    openSampleAtStart: context.options.openSample,
  }))
}
