import { ESLint } from 'eslint'
import { describe, expect, it } from 'vitest'
import { repositoryRoot } from '../support/paths.mjs'
import { roomBoundaries } from './room-boundaries.mjs'

/** Lints with the boundary rule alone: the whole configuration is type-aware, and slow for a unit test. */
async function complaintsAbout(path: string, code: string): Promise<string[]> {
  const { importX } = await import('eslint-plugin-import-x')
  const { createTypeScriptImportResolver } = await import('eslint-import-resolver-typescript')
  const { parser } = (await import('typescript-eslint')).default
  const eslint = new ESLint({
    cwd: repositoryRoot,
    overrideConfigFile: true,
    overrideConfig: {
      files: ['**/*.ts'],
      languageOptions: { parser },
      plugins: { 'import-x': { rules: importX.rules } },
      settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
      rules: {
        'import-x/no-restricted-paths': ['error', { basePath: repositoryRoot, zones: roomBoundaries }],
      },
    },
  })
  const [report] = await eslint.lintText(code, { filePath: path })
  return report.messages.map((message) => message.message)
}

describe('room boundaries', () => {
  it('allow imports downward and inside a room', async () => {
    const code = `import '../contract/errors.js'\nimport '../geometry/matrix.js'\nimport './volume.js'\n`
    expect(await complaintsAbout('native-workers/imaging/new-module.ts', code)).toEqual([])
  })

  it.each([
    ['upward', 'native-workers/contract/new-module.ts', '../geometry/matrix.js', 'imports run downward only'],
    [
      'from the engine to its tests',
      'native-workers/engine/new-module.ts',
      '../../tests/support/test-data.js',
      'engine knows nothing',
    ],
    [
      'from the window into the engine',
      'renderer/new-module.ts',
      '../native-workers/geometry/matrix.js',
      'contract alone',
    ],
    ['between processes', 'renderer/new-module.ts', '../preload/index.js', 'different processes'],
  ])('refuse imports %s', async (_case, path, target, reason) => {
    const complaints = await complaintsAbout(path, `import '${target}'\n`)
    expect(complaints).toHaveLength(1)
    expect(complaints[0]).toContain(reason)
  })
})
