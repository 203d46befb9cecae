import { app } from 'electron'

/** Must run before Electron is ready. */
export function setChromiumSwitches(): void {
  // Without a usable GPU the 3D view falls back to software. "Unsafe" is meant for pages of unknown origin; this
  // window shows only its own.
  app.commandLine.appendSwitch('enable-unsafe-swiftshader')
  for (const name of ['disable-background-networking', 'disable-component-update', 'no-pings']) {
    app.commandLine.appendSwitch(name)
  }
}
