#!/usr/bin/env node
/**
 * The command `isocenter` of a checkout: builds what is missing or changed, then hands over to the built command
 * line. The packaged application starts that one directly.
 */
import { ensureBuild } from '../../scripts/build.mjs'
import { ensureDependencies } from '../../scripts/ensure-dependencies.mjs'
import { SetupError } from '../../scripts/support/say.mjs'

try {
  await ensureDependencies()
  await ensureBuild(['engine'])
} catch (error) {
  if (!(error instanceof SetupError)) throw error
  process.stderr.write(`error: ${error.message}\n`)
  process.exit(1)
}
await import(new URL('../../out/engine/cli.js', import.meta.url).href)
