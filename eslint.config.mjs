import js from '@eslint/js'
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript'
import { importX } from 'eslint-plugin-import-x'
import vue from 'eslint-plugin-vue'
import { defineConfig, globalIgnores } from 'eslint/config'
import globals from 'globals'
import tseslint from 'typescript-eslint'
import { roomBoundaries } from './scripts/lint/room-boundaries.mjs'
import { vueLayoutRulesLeftToPrettier } from './scripts/lint/vue-layout-rules.mjs'

const typescriptFiles = ['**/*.ts', '**/*.mjs', '**/*.vue']

export default defineConfig(
  globalIgnores(['out/', 'dist/', '.cache/', 'node_modules/', 'native-workers/**/*.wasm']),
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  vue.configs['flat/recommended'],
  {
    files: typescriptFiles,
    plugins: { 'import-x': importX },
    languageOptions: {
      parserOptions: {
        parser: tseslint.parser,
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue'],
      },
    },
    settings: {
      'import-x/resolver-next': [createTypeScriptImportResolver({ noWarnOnMultipleProjects: true })],
    },
    rules: {
      'max-lines': ['error', { max: 500 }],
      eqeqeq: 'error',
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-self-import': 'error',
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones: roomBoundaries }],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'TSAsExpression > TSAsExpression',
          message: 'A double assertion hides a wrong type; narrow it or validate it with zod.',
        },
      ],
      // Array elements are typed as present (noUncheckedIndexedAccess is off for the numeric code), so these two
      // would call real bounds checks unnecessary.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-useless-default-assignment': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ['native-workers/**/*.ts', 'renderer/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'electron', message: 'Electron is known to main/ and preload/ alone.' }] },
      ],
    },
  },
  {
    // The packaged engine finds the production dependencies beside it, and nothing else. Of vtk.js it needs one
    // filter, which is bundled (scripts/build/bundle-for-node.mjs).
    files: ['native-workers/**/*.ts'],
    ignores: ['**/*.test.ts', 'native-workers/evaluation/surface/marching-cubes.ts'],
    rules: { 'import-x/no-extraneous-dependencies': ['error', { devDependencies: false }] },
  },
  {
    files: ['**/*.mjs', '**/*.config.ts', 'main/**', 'preload/**', 'native-workers/**', 'tests/**'],
    languageOptions: { globals: globals.node },
  },
  { files: ['renderer/**', 'preload/**'], languageOptions: { globals: globals.browser } },
  {
    // The rule looks through JSDoc's casts, the only way in JavaScript to type what JSON.parse returns.
    files: ['**/*.mjs'],
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
  {
    files: ['**/*.vue'],
    rules: { ...vueLayoutRulesLeftToPrettier, 'vue/multi-word-component-names': 'off' },
  },
)
