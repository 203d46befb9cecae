import { rm } from 'node:fs/promises'
import { inRepository } from '../support/paths.mjs'

/**
 * Bundles a page's script, styles included, into one classic script that needs nothing beside it, so that it can
 * stand inside an HTML file or be served alone.
 *
 * @param {string} entry source path in the repository
 * @param {string} folder absolute path; holds the script alone
 * @param {string} name the script's name without ending
 */
export async function bundlePageScript(entry, folder, name) {
  const { build } = await import('vite')
  await rm(folder, { recursive: true, force: true })
  await build({
    configFile: false,
    logLevel: 'warn',
    root: inRepository(),
    publicDir: false,
    build: {
      target: 'chrome130',
      outDir: folder,
      emptyOutDir: false,
      sourcemap: false,
      chunkSizeWarningLimit: 4096,
      rolldownOptions: {
        input: inRepository(entry),
        output: { format: 'iife', entryFileNames: `${name}.js`, codeSplitting: false },
      },
    },
  })
}
