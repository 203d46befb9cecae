import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { inRepository } from '../support/paths.mjs'
import { bundleForNode } from './bundle-for-node.mjs'
import { bundlePageScript } from './bundle-page-script.mjs'

/**
 * One part of the build that is repeated on its own.
 *
 * @typedef {object} BuildTarget
 * @property {readonly string[]} sources files and folders whose change asks for a new build
 * @property {readonly string[]} products files that a finished build has
 * @property {() => Promise<void>} build
 */

const everyTarget = ['package.json', 'package-lock.json', 'scripts/build.mjs', 'scripts/build']
/** Modules that the engine starts as worker threads, by the names that it looks for beside itself. */
const threadEntries = { 'batch-thread': 'native-workers/training/batches/batch-thread.ts' }
const engineSources = ['native-workers', ...everyTarget]

/** @type {Record<'window' | 'pages' | 'engine' | 'tools', BuildTarget>} */
export const buildTargets = {
  /** main, preload and renderer, for Electron. */
  window: {
    sources: [
      ...['main', 'preload', 'renderer', 'assets', 'native-workers/contract', 'electron.vite.config.ts'],
      ...everyTarget,
    ],
    products: ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html'],
    build: async () => {
      const { build } = await import('electron-vite')
      await build({ root: inRepository(), logLevel: 'warn' })
    },
  },
  /** Scripts of pages without the window: the viewer inside stand-alone scenes, and the video encoder. */
  pages: {
    sources: ['renderer', 'native-workers/contract', ...everyTarget],
    products: ['out/scene-viewer/viewer.js', 'out/video-encoder/encoder.js'],
    build: async () => {
      const [viewer, encoder] = ['scene-viewer', 'video-encoder']
      await bundlePageScript(`renderer/${viewer}/main.ts`, inRepository('out', viewer), 'viewer')
      await bundlePageScript(`renderer/${encoder}/main.ts`, inRepository('out', encoder), 'encoder')
    },
  },
  /** The engine process and the command line, for stock Node. */
  engine: {
    sources: engineSources,
    products: ['out/engine/engine.js', 'out/engine/cli.js', 'out/engine/batch-thread.js'],
    build: () =>
      bundleForNode(
        { engine: 'native-workers/engine/main.ts', cli: 'native-workers/cli/main.ts', ...threadEntries },
        inRepository('out', 'engine'),
      ),
  },
  /** Benchmarks and acceptance runs, which call the engine's rooms in process. */
  tools: {
    sources: [
      ...['tests/bench', 'tests/acceptance', 'tests/support', 'tests/e2e/launch.ts', 'scripts/support'],
      ...engineSources,
    ],
    products: ['out/tools'],
    build: async () =>
      bundleForNode({ ...(await toolEntries()), ...threadEntries }, inRepository('out', 'tools')),
  },
}

/** Every module directly in the tools' folders is an entry of its own. @returns {Promise<Record<string, string>>} */
async function toolEntries() {
  const folders = ['tests/bench', 'tests/acceptance']
  const found = await Promise.all(
    folders.map(async (folder) => {
      const names = await readdir(inRepository(folder)).catch(() => /** @type {string[]} */ ([]))
      return names.filter((name) => /(?<!\.test|\.d)\.ts$/.test(name)).map((name) => join(folder, name))
    }),
  )
  return Object.fromEntries(found.flat().map((path) => [basename(path, '.ts'), path]))
}
