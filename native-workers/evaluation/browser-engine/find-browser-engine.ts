import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** How to start an Electron that does `--browser-job`. */
export interface BrowserEngine {
  readonly executable: string
  readonly switches: readonly string[]
}

export interface BrowserEngineSearch {
  readonly environment: NodeJS.ProcessEnv
  readonly platform: NodeJS.Platform
  readonly isRoot: boolean
  /** This module's place, which in the packaged application tells where the executable lies. */
  readonly modulePath: string
}

const here = (): BrowserEngineSearch => ({
  environment: process.env,
  platform: process.platform,
  isRoot: process.getuid?.() === 0,
  modulePath: fileURLToPath(import.meta.url),
})

/**
 * The Electron at hand: the one named by `ISOCENTER_ELECTRON` (the application's own, or the development runtime) with
 * the application's folder in `ISOCENTER_ELECTRON_APP`, else that of the packaged application which this engine belongs
 * to. Null when there is none.
 */
export function findBrowserEngine(search: BrowserEngineSearch = here()): BrowserEngine | null {
  const { environment, platform, isRoot, modulePath } = search
  const folder = environment['ISOCENTER_ELECTRON_APP'] ?? ''
  const named = environment['ISOCENTER_ELECTRON'] ?? ''
  const executable = named === '' ? packagedExecutable(modulePath, platform) : named
  if (executable === null || !existsSync(executable)) return null
  return {
    executable,
    switches: [
      // Chromium's sandbox refuses to run as root.
      ...(platform === 'linux' && isRoot ? ['--no-sandbox'] : []),
      // Works with and without an X server or a Wayland compositor.
      ...(platform === 'linux' ? ['--ozone-platform=headless'] : []),
      ...(folder === '' ? [] : [folder]),
    ],
  }
}

/** The packaged engine lies in `resources/app.asar.unpacked`, the executable beside `resources`. */
function packagedExecutable(modulePath: string, platform: NodeJS.Platform): string | null {
  const unpacked = /^(.*)[\\/]app\.asar\.unpacked[\\/]/.exec(modulePath)?.[1]
  if (unpacked === undefined) return null
  const folder = dirname(unpacked)
  if (platform === 'darwin') return join(folder, 'MacOS', 'Isocenter')
  return join(folder, platform === 'win32' ? 'isocenter.exe' : 'isocenter')
}
