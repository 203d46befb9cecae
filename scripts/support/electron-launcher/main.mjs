/**
 * The stand-in runtime lacks the default application that makes `electron FOLDER` run the application in FOLDER.
 * This one does that and nothing more. Its top-level await holds back Electron's `ready` until the application's
 * own module has run.
 */
import { app } from 'electron'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/** @typedef {{ name: string, productName?: string, version: string, main: string }} Manifest */

/**
 * Two methods that Electron keeps for its own default application, and leaves out of its types.
 *
 * @typedef {Electron.App & { setVersion(version: string): void, setAppPath(folder: string): void }} DefaultApplication
 */
const application = /** @type {DefaultApplication} */ (app)

const folderIndex = process.argv.findIndex((argument, index) => index > 0 && !argument.startsWith('-'))
if (folderIndex < 0) {
  process.stderr.write('usage: electron [--switches] FOLDER [arguments]\n')
  app.exit(1)
} else {
  const folder = resolve(process.argv[folderIndex] ?? '.')
  const manifest = /** @type {Manifest} */ (JSON.parse(readFileSync(resolve(folder, 'package.json'), 'utf8')))
  Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true })
  app.setName(manifest.productName ?? manifest.name)
  application.setVersion(manifest.version)
  application.setAppPath(folder)
  await import(pathToFileURL(resolve(folder, manifest.main)).href)
}
