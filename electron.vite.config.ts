import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'
import { resolve } from 'node:path'
import vuetify from 'vite-plugin-vuetify'
import { licencesModule } from './scripts/build/licences.mjs'

const root = import.meta.dirname

/** The oldest Electron that the window runs on: 33, with Node 20.18 and Chromium 130. */
const targets = { node: 'node20.18', chromium: 'chrome130' }

export default defineConfig({
  main: {
    build: {
      // Everything is bundled, so the packaged archive holds no node_modules; those belong to the engine.
      externalizeDeps: false,
      outDir: 'out/main',
      target: targets.node,
      sourcemap: true,
      rolldownOptions: {
        input: { index: resolve(root, 'main/index.ts') },
        output: { format: 'es', entryFileNames: '[name].js' },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      outDir: 'out/preload',
      target: targets.node,
      sourcemap: true,
      rolldownOptions: {
        input: { index: resolve(root, 'preload/index.ts') },
        // A sandboxed preload can be CommonJS only.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [vue(), vuetify({ autoImport: true }), licencesModule()],
    build: {
      outDir: 'out/renderer',
      target: targets.chromium,
      sourcemap: false,
      chunkSizeWarningLimit: 4096,
      rolldownOptions: { input: { index: resolve(root, 'renderer/index.html') } },
    },
  },
})
