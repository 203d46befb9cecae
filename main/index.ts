import { app } from 'electron'
import { rmSync } from 'node:fs'
import { chooseUserDataFolder, prepareFolders } from './app-folders.js'
import { setChromiumSwitches } from './chromium-switches.js'
import { enableAppInfo } from './channels/app-info.js'
import { enableEngineStatus } from './channels/engine-status.js'
import { enableLog } from './channels/log.js'
import { enableFiles } from './channels/files.js'
import { enableProjects } from './channels/projects.js'
import { enableOperations } from './channels/run-operations.js'
import { enableScreenshots } from './channels/screenshots.js'
import { enableSettings } from './channels/settings.js'
import type { AppContext } from './context.js'
import { findNodeExecutable } from './engine/node-executable.js'
import { EngineSupervisor } from './engine/supervisor.js'
import { offerBrowserEngine } from './headless/offer-browser-engine.js'
import { browserJobPath, runBrowserJob } from './headless/run-browser-job.js'
import { parseLaunchOptions, type LaunchOptions } from './launch-options.js'
import { openLogFile } from './log-file.js'
import { enableMenu } from './menu.js'
import { AllowedPaths } from './paths/allowed-paths.js'
import { enableAppProtocol } from './protocols/app-protocol.js'
import { enableDataProtocol } from './protocols/data-protocol.js'
import { registerSchemes } from './protocols/register-schemes.js'
import { enableNavigationBlock } from './security/navigation.js'
import { enableNetworkBlock } from './security/network.js'
import { enablePermissionBlock } from './security/permissions.js'
import { enableSingleInstance } from './single-instance.js'
import { RunningOperations } from './running-operations.js'
import { runSmokeTest } from './smoke.js'
import { enableWindowRecovery } from './window-recovery.js'
import { enableQuitWithWindow, openWindow } from './window.js'

function createContext(options: LaunchOptions): AppContext {
  const folders = prepareFolders()
  const log = openLogFile(folders.logFile)
  const nodeExecutable = findNodeExecutable({
    environment: process.env,
    platform: process.platform,
    packagedResources: app.isPackaged ? process.resourcesPath : null,
  })
  // Without a Node the engine fails to start, which the window tells in words.
  const command = { nodeExecutable: nodeExecutable ?? 'node', entry: folders.engineEntry }
  const engine = new EngineSupervisor({ command, log: (line) => log(`engine: ${line}`) })
  return {
    options,
    folders,
    log,
    engine,
    allowedPaths: new AllowedPaths(),
    running: new RunningOperations(),
    window: null,
  }
}

async function run(options: LaunchOptions): Promise<void> {
  await app.whenReady()
  const context = createContext(options)
  for (const enable of [
    enableNavigationBlock,
    enableNetworkBlock,
    enablePermissionBlock,
    enableAppProtocol,
    enableDataProtocol,
    enableSingleInstance,
    enableMenu,
    enableOperations,
    enableFiles,
    enableProjects,
    enableEngineStatus,
    enableAppInfo,
    enableLog,
    enableScreenshots,
    enableSettings,
    enableWindowRecovery,
  ]) {
    enable(context)
  }
  process.on('exit', () => {
    context.engine.stop('The program is closing.')
    rmSync(context.folders.session, { recursive: true, force: true })
  })
  offerBrowserEngine(process.env)
  context.engine.start()
  if (options.smoke) {
    app.exit(await runSmokeTest(context))
    return
  }
  enableQuitWithWindow()
  await openWindow(context, { show: true })
}

function startApplication(): void {
  const options = parseLaunchOptions(process.argv, process.env)
  chooseUserDataFolder(options)
  registerSchemes()
  setChromiumSwitches()
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return
  }
  run(options).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    app.exit(1)
  })
}

const jobPath = browserJobPath(process.argv)
if (jobPath === null) startApplication()
else runBrowserJob(jobPath)
