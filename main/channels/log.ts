import { z } from 'zod'
import { askChannels } from '../../native-workers/contract/window/channels.js'
import type { AppContext } from '../context.js'
import { readLogTail } from '../read-log-tail.js'
import { answer } from './answer.js'

/** The end of the log, which the window shows and puts into problem reports. */
export function enableLog(context: AppContext): void {
  answer(context, askChannels.readLog, z.undefined(), () => readLogTail(context.folders.logFile))
}
