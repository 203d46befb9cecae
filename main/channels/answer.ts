import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron'
import type { z } from 'zod'
import { RemoteDefect, toWireError, type Outcome } from '../../native-workers/contract/wire-error.js'
import type { AppContext } from '../context.js'
import { isAppUrl } from '../security/origin.js'

/** Answers a channel: the sender must be the window's own page, and the message must fit its schema. */
export function answer<Message, Answer>(
  context: AppContext,
  channel: string,
  schema: z.ZodType<Message>,
  handler: (message: Message) => Answer | Promise<Answer>,
): void {
  ipcMain.handle(channel, async (event, message: unknown) => {
    assertOwnPage(context, event, channel)
    return handler(schema.parse(message))
  })
}

/** Takes words that need no answer, under the same conditions; what does not fit is logged and dropped. */
export function hear<Message>(
  context: AppContext,
  channel: string,
  schema: z.ZodType<Message>,
  handler: (message: Message) => void,
): void {
  ipcMain.on(channel, (event, message: unknown) => {
    try {
      assertOwnPage(context, event, channel)
      handler(schema.parse(message))
    } catch (error) {
      context.log(`${channel}: ${String(error)}`)
    }
  })
}

/** The value of `work`, or its error in the form that crosses to the window with its code and hint. */
export async function outcomeOf<Output>(
  context: AppContext,
  work: () => Promise<Output>,
): Promise<Outcome<Output>> {
  try {
    return { ok: true, output: await work() }
  } catch (error) {
    const wireError = toWireError(error)
    if (wireError.code === 'internal' && !(error instanceof RemoteDefect)) {
      context.log(error instanceof Error ? (error.stack ?? error.message) : String(error))
    }
    return { ok: false, error: wireError }
  }
}

function assertOwnPage(context: AppContext, event: IpcMainEvent | IpcMainInvokeEvent, channel: string): void {
  const frame = event.senderFrame
  if (event.sender === context.window?.webContents && frame?.parent === null && isAppUrl(frame.url)) return
  context.log(`a message on ${channel} from ${frame?.url ?? 'a closed page'} was refused`)
  throw new Error('This page may not ask that.')
}
