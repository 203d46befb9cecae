import type { Announcements } from '../../native-workers/contract/window/channels.js'
import type { AppContext } from '../context.js'

/** Tells the window something unasked; nothing happens while there is no window. */
export function announce<Channel extends keyof Announcements>(
  { window }: AppContext,
  channel: Channel,
  message: Announcements[Channel],
): void {
  if (window === null || window.isDestroyed()) return
  window.webContents.send(channel, message)
}
