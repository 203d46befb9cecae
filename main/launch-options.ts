/** What the command line and the environment ask of this start. */
export interface LaunchOptions {
  /** Open the built-in sample at once. */
  readonly openSample: boolean
  /** Register the sample without showing a window, print one JSON line, quit. */
  readonly smoke: boolean
  readonly userDataFolder: string | null
  /** Hooks for the end-to-end tests: answers for dialogs, and the killing of the engine. */
  readonly testMode: boolean
}

/** Reads `argv` (with or without Electron's own switches, which are ignored) and the environment. */
export function parseLaunchOptions(argv: readonly string[], environment: NodeJS.ProcessEnv): LaunchOptions {
  const userData = '--user-data-dir='
  return {
    openSample: argv.includes('--sample'),
    smoke: argv.includes('--smoke'),
    userDataFolder: argv.find((argument) => argument.startsWith(userData))?.slice(userData.length) ?? null,
    testMode: environment['ISOCENTER_TEST'] === '1',
  }
}
