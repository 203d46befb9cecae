import { session } from 'electron'

/** The window needs no camera, location, notification or any other permission that a page can ask for. */
export function enablePermissionBlock(): void {
  session.defaultSession.setPermissionRequestHandler((_, __, respond) => respond(false))
  session.defaultSession.setPermissionCheckHandler(() => false)
  session.defaultSession.setDevicePermissionHandler(() => false)
}
