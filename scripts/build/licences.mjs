import { readFile } from 'node:fs/promises'
import { inRepository } from '../support/paths.mjs'

/** Libraries that the window's bundle takes in; to npm they are tools of the build. */
const windowLibraries = [
  ...['@fontsource/roboto', '@kitware/vtk.js', '@mdi/js', 'electron', 'pinia', 'uplot', 'vue', 'vuetify'],
]
/** Electron's own packages download it, and come with no program. */
const withoutDependencies = new Set(['electron'])
/** By the licence file of the package, where its description names none. @type {Record<string, string>} */
const licencesByFile = { rechoir: 'MIT' }

/**
 * @typedef {{ name: string, version: string, licence: string }} Licence
 * @typedef {{ version?: string, license?: string, dev?: boolean, devOptional?: boolean, dependencies?: Record<string, string> }} Package
 */

/**
 * The libraries that come with the program, by name: what the engine needs and what the window's bundle holds.
 *
 * @param {string} lock text of package-lock.json
 * @param {readonly string[]} [bundled] names of the libraries in the window's bundle
 * @returns {Licence[]}
 */
export function licencesOf(lock, bundled = windowLibraries) {
  /** @type {{ packages: Record<string, Package> }} */
  const { packages } = JSON.parse(lock)
  const paths = new Set(
    Object.keys(packages).filter(
      (path) => path !== '' && packages[path].dev !== true && packages[path].devOptional !== true,
    ),
  )
  const waiting = bundled.map((name) => `node_modules/${name}`)
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (!(path in packages) || paths.has(path)) continue
    paths.add(path)
    if (withoutDependencies.has(nameOf(path))) continue
    for (const name of Object.keys(packages[path].dependencies ?? {})) {
      waiting.push(resolvedPath(packages, path, name))
    }
  }
  const licences = [...paths].map((path) => ({
    name: nameOf(path),
    version: packages[path].version ?? '',
    licence: packages[path].license ?? licencesByFile[nameOf(path)] ?? '',
  }))
  return withoutRepetition(licences).sort((a, b) => a.name.localeCompare(b.name, 'en'))
}

/** @param {string} path */
function nameOf(path) {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
}

/**
 * Where Node finds a package: nested in the one that asks, or in one that this is nested in.
 *
 * @param {Record<string, Package>} packages
 * @param {string} from
 * @param {string} name
 * @returns {string}
 */
function resolvedPath(packages, from, name) {
  const nested = `${from}/node_modules/${name}`
  if (nested in packages) return nested
  const outer = from.lastIndexOf('/node_modules/')
  return outer === -1 ? `node_modules/${name}` : resolvedPath(packages, from.slice(0, outer), name)
}

/** @param {Licence[]} licences */
function withoutRepetition(licences) {
  return [...new Map(licences.map((one) => [`${one.name} ${one.version}`, one])).values()]
}

/** Gives the window the module `virtual:licences`. */
export function licencesModule() {
  const id = '\0virtual:licences'
  return {
    name: 'isocenter-licences',
    /** @param {string} source */
    resolveId: (source) => (source === 'virtual:licences' ? id : undefined),
    /** @param {string} loaded */
    load: async (loaded) => {
      if (loaded !== id) return undefined
      const lock = await readFile(inRepository('package-lock.json'), 'utf8')
      return `export const licences = ${JSON.stringify(licencesOf(lock))}`
    },
  }
}
