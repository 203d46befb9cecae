import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { inRepository } from '../support/paths.mjs'
import { licencesOf } from './licences.mjs'

it('names what the engine needs and what the window bundles, each once, nested ones too', () => {
  const lock = JSON.stringify({
    packages: {
      '': { version: '1' },
      'node_modules/engine-library': { version: '1.0.0', license: 'MIT' },
      'node_modules/tool': { version: '1.0.0', license: 'MIT', dev: true },
      'node_modules/window-library': {
        version: '2.0.0',
        license: 'BSD-3-Clause',
        dev: true,
        dependencies: { part: '^1.0.0', shared: '^1.0.0' },
      },
      'node_modules/window-library/node_modules/part': {
        version: '1.5.0',
        license: 'ISC',
        dev: true,
        dependencies: { shared: '^1.0.0' },
      },
      'node_modules/part': { version: '3.0.0', license: 'GPL-3.0', dev: true },
      'node_modules/shared': { version: '1.2.0', license: 'MIT', dev: true },
    },
  })
  expect(licencesOf(lock, ['window-library']).map(({ name, version }) => `${name} ${version}`)).toEqual([
    'engine-library 1.0.0',
    'part 1.5.0',
    'shared 1.2.0',
    'window-library 2.0.0',
  ])
})

it('knows a licence of everything that comes with the program', async () => {
  const licences = licencesOf(await readFile(inRepository('package-lock.json'), 'utf8'))
  expect(licences.filter(({ licence }) => licence === '')).toEqual([])
  expect(licences.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['vue', '@itk-wasm/elastix', 'electron']),
  )
})
