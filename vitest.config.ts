import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

/**
 * unit: beside the code they test. integration: tests/, against the built engine and CLI, and with real data where
 * it is present. e2e: the real window on the real Electron. `npm test` sets up what the last two need.
 */
export default defineConfig({
  plugins: [vue()],
  test: {
    // Two cores are the reference machine; the engine's own threads need them too.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{native-workers,main,preload,renderer,scripts}/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/e2e/**'],
          fileParallelism: false,
          testTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 180_000,
          // What the window shows next may take a render of the engine.
          expect: { poll: { timeout: 30_000 } },
        },
      },
    ],
  },
})
