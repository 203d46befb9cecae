import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { inRepository } from '../support/paths.mjs'

/**
 * Files that the engine looks up beside the running module with `new URL('./name', import.meta.url)`. Every
 * bundle is one flat folder, so that the look-up works from the entry and from any chunk.
 */
const filesBesideTheCode = [
  'native-workers/rendering/cpu/thread.mjs',
  'native-workers/rendering/cpu/kernel.wasm',
  'native-workers/imaging/coregister/elastix-thread.mjs',
]

/**
 * Packages of which the engine needs a small part: it is bundled, as in the window, and they are not installed beside
 * the engine. With them what that part imports.
 */
const bundledPackages = ['@kitware/vtk.js', 'fast-deep-equal', 'gl-matrix', 'seedrandom']

/**
 * Bundles the house's own TypeScript for stock Node into one flat folder of ES modules; npm packages stay imports.
 * The folder is replaced by one rename, so a half-written bundle is never run.
 *
 * @param {Record<string, string>} entries name of the bundle's file to source path in the repository
 * @param {string} folder absolute path
 */
export async function bundleForNode(entries, folder) {
  const { build } = await import('vite')
  const fresh = `${folder}.new`
  await rm(fresh, { recursive: true, force: true })
  await mkdir(fresh, { recursive: true })
  if (Object.keys(entries).length > 0) {
    await build({
      configFile: false,
      logLevel: 'warn',
      root: inRepository(),
      ssr: { noExternal: bundledPackages },
      build: {
        ssr: true,
        target: 'node20',
        outDir: fresh,
        emptyOutDir: true,
        minify: false,
        sourcemap: true,
        rolldownOptions: {
          input: Object.fromEntries(
            Object.entries(entries).map(([name, path]) => [name, inRepository(path)]),
          ),
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
        },
      },
    })
  }
  await Promise.all(
    filesBesideTheCode.map((path) => copyFile(inRepository(path), join(fresh, basename(path)))),
  )
  await writeFile(join(fresh, 'package.json'), '{ "type": "module" }\n')
  await rm(folder, { recursive: true, force: true })
  await rename(fresh, folder)
}
