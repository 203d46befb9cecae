import { app } from 'electron'

/** Tells the engine, through the environment it will inherit, which Electron draws and encodes for it. */
export function offerBrowserEngine(environment: NodeJS.ProcessEnv): void {
  environment['ISOCENTER_ELECTRON'] = process.execPath
  environment['ISOCENTER_ELECTRON_APP'] = app.isPackaged ? '' : app.getAppPath()
}
