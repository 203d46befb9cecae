import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { electronSwitches, findElectron } from '../../scripts/support/electron-runtime.mjs'
import type { EngineStatus } from '../../native-workers/contract/engine-status.js'

/** The repository's root; `ISOCENTER_APP` names another folder with a built application. */
const applicationFolder = process.env['ISOCENTER_APP'] ?? join(import.meta.dirname, '../..')

export interface RunningApplication {
  readonly app: ElectronApplication
  readonly window: Page
  /** Everything that the window wrote to its console as an error, and every uncaught error. */
  readonly windowErrors: readonly string[]
  /** Every address that the window asked for. */
  readonly requests: readonly string[]
  /** Sets what the dialogs answer from now on: paths by `OpenKind`, or by `save-folder`. */
  answerDialogs(answers: Readonly<Record<string, readonly string[]>>): Promise<void>
  /** Resolves with the engine's next status of this state, or the present one. */
  engineReaches<State extends EngineStatus['state']>(
    state: State,
  ): Promise<Extract<EngineStatus, { state: State }>>
  close(): Promise<void>
}

/**
 * Starts the built application on the Electron that `npm test` made sure of, with a user's folder of its own. One
 * that is given outlasts the application, as a person's does.
 */
export async function launchApplication(
  args: readonly string[] = [],
  userDataFolder: string | null = null,
): Promise<RunningApplication> {
  const electron = await findElectron()
  if (electron === null)
    throw new Error('There is no Electron here; `node scripts/ensure-electron.mjs` fetches one.')
  const userData = userDataFolder ?? (await mkdtemp(join(tmpdir(), 'isocenter e2e ü ')))
  const app = await _electron.launch({
    executablePath: electron.executable,
    args: [...electronSwitches(), `--user-data-dir=${userData}`, applicationFolder, ...args],
    env: definedOnly({
      ...process.env,
      ELECTRON_RUN_AS_NODE: undefined,
      ISOCENTER_TEST: '1',
      ISOCENTER_NODE: process.execPath,
    }),
  })
  const window = await app.firstWindow()
  const windowErrors: string[] = []
  window.on('console', (message) => message.type() === 'error' && windowErrors.push(message.text()))
  const requests: string[] = []
  window.on('request', (request) => requests.push(request.url()))
  window.on('pageerror', (error) => windowErrors.push(error.message))
  await window.waitForLoadState('load')
  return {
    app,
    window,
    windowErrors,
    requests,
    answerDialogs: (answers) =>
      app.evaluate((_, json) => {
        process.env['ISOCENTER_TEST_DIALOG'] = json
      }, JSON.stringify(answers)),
    engineReaches: (state) => engineReaches(window, state),
    async close() {
      await app.close()
      if (userDataFolder === null) await rm(userData, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function engineReaches<State extends EngineStatus['state']>(
  window: Page,
  state: State,
): Promise<Extract<EngineStatus, { state: State }>> {
  const status = await window.evaluate(
    (wanted) =>
      new Promise<EngineStatus>((resolve) => {
        const unsubscribe = globalThis.window.isocenter.onEngineStatus((reported) => {
          if (reported.state !== wanted) return
          unsubscribe()
          resolve(reported)
        })
      }),
    state,
  )
  if (!isInState(status, state)) throw new Error(`The engine is ${status.state}, not ${state}.`)
  return status
}

function isInState<State extends EngineStatus['state']>(
  status: EngineStatus,
  state: State,
): status is Extract<EngineStatus, { state: State }> {
  return status.state === state
}

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
