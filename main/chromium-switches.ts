import { app } from 'electron'
import { mayHaveGraphicsDevice } from './graphics-device.js'

/** Must run before Electron is ready. */
export function setChromiumSwitches(): void {
  // Without a usable GPU the 3D view falls back to software. "Unsafe" is meant for pages of unknown origin; this
  // window shows only its own.
  app.commandLine.appendSwitch('enable-unsafe-swiftshader')
  // Where there is none, Chromium's GPU process fails at its first attempt, and about one start in ten then waits for
  // ever for that process, which nobody has noticed to be gone: the page never finishes loading.
  if (!mayHaveGraphicsDevice(process.platform)) app.commandLine.appendSwitch('disable-gpu')
  for (const name of ['disable-background-networking', 'disable-component-update', 'no-pings']) {
    app.commandLine.appendSwitch(name)
  }
}
