import { session } from 'electron'

/**
 * The window needs no camera, location, notification or any other permission that a page can ask for, but to write
 * text to the clipboard when the person asks for a copy; reading it stays refused.
 */
export function enablePermissionBlock(): void {
  const { defaultSession } = session
  const isAllowed = (permission: string): boolean => permission === 'clipboard-sanitized-write'
  defaultSession.setPermissionRequestHandler((_, permission, respond) => respond(isAllowed(permission)))
  defaultSession.setPermissionCheckHandler((_, permission) => isAllowed(permission))
  defaultSession.setDevicePermissionHandler(() => false)
}
