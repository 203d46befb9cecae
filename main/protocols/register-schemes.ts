import { protocol } from 'electron'
import { schemes } from '../../native-workers/contract/window/channels.js'

/** Makes the window's pages a secure origin, and display copies fetchable from it. Must run before `ready`. */
export function registerSchemes(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true }
  protocol.registerSchemesAsPrivileged([
    { scheme: schemes.app, privileges: { ...privileges, codeCache: true } },
    { scheme: schemes.data, privileges: { ...privileges, corsEnabled: true } },
  ])
}
