import { access, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { buildTargets } from './build/targets.mjs'
import { ensureDependencies } from './ensure-dependencies.mjs'
import { exclusively } from './support/exclusively.mjs'
import { fingerprint } from './support/fingerprint.mjs'
import { isMain } from './support/is-main.mjs'
import { inRepository } from './support/paths.mjs'
import { runScript, say, SetupError } from './support/say.mjs'

/** @typedef {keyof typeof buildTargets} TargetName */

/** @type {TargetName[]} */
const allTargets = ['window', 'pages', 'engine', 'tools']

/**
 * Builds what changed since the last build, and nothing else. Needs the dependencies installed.
 *
 * @param {readonly TargetName[]} [targets] all of them by default
 */
export async function ensureBuild(targets = allTargets) {
  const stale = await staleTargets(targets)
  if (stale.length === 0) return
  await mkdir(inRepository('out'), { recursive: true })
  await exclusively(inRepository('out', '.building'), async () => {
    // Another process may have built the same while this one waited.
    await insideRepository(async () => {
      for (const target of await staleTargets(stale)) await buildOne(target)
    })
  })
}

/**
 * The bundlers resolve some paths against the working folder, but a command may be called from anywhere.
 *
 * @param {() => Promise<void>} work
 */
async function insideRepository(work) {
  const folder = process.cwd()
  process.chdir(inRepository())
  try {
    await work()
  } finally {
    process.chdir(folder)
  }
}

/** @param {TargetName} name */
async function buildOne(name) {
  const target = buildTargets[name]
  const startedMs = performance.now()
  const identity = await fingerprint(target.sources)
  await target.build().catch((/** @type {unknown} */ error) => {
    throw new SetupError(
      `The ${name} could not be built.\n${error instanceof Error ? error.message : String(error)}`,
    )
  })
  const stamp = stampPath(name)
  await mkdir(dirname(stamp), { recursive: true })
  await writeFile(stamp, identity)
  say(`Built the ${name} in ${((performance.now() - startedMs) / 1000).toFixed(1)} s.`)
}

/** @param {readonly TargetName[]} targets @returns {Promise<TargetName[]>} */
async function staleTargets(targets) {
  const current = await Promise.all(targets.map(isCurrent))
  return targets.filter((_target, index) => !current[index])
}

/** @param {TargetName} name */
async function isCurrent(name) {
  const target = buildTargets[name]
  try {
    await Promise.all(target.products.map((product) => access(inRepository(product))))
    return (await readFile(stampPath(name), 'utf8')) === (await fingerprint(target.sources))
  } catch {
    return false
  }
}

/** @param {TargetName} name */
function stampPath(name) {
  return inRepository('out', '.stamp', name)
}

if (isMain(import.meta.url)) {
  await runScript(async () => {
    await ensureDependencies()
    const named = allTargets.filter((target) => process.argv.includes(target))
    await ensureBuild(named.length > 0 ? named : allTargets)
  })
}
