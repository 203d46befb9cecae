import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

export interface NodeSearch {
  readonly environment: NodeJS.ProcessEnv
  readonly platform: NodeJS.Platform
  /** Electron's resources folder in the packaged application; null in development. */
  readonly packagedResources: string | null
}

/**
 * The stock Node that runs the engine: the packaged application carries its own; in development it is
 * `ISOCENTER_NODE`, the Node that runs npm, or the first on the PATH. Null when there is none.
 */
export function findNodeExecutable({ environment, platform, packagedResources }: NodeSearch): string | null {
  const name = platform === 'win32' ? 'node.exe' : 'node'
  if (packagedResources !== null) {
    const folder = join(packagedResources, 'node')
    return [join(folder, 'bin', name), join(folder, name)].find((path) => existsSync(path)) ?? null
  }
  const onPath = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const candidates = [
    environment['ISOCENTER_NODE'],
    environment['npm_node_execpath'],
    ...onPath.map((folder) => join(folder, name)),
  ]
  return candidates.find((path) => path !== undefined && existsSync(path)) ?? null
}
