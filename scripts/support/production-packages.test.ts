import { describe, expect, it } from 'vitest'
import { isNeededFile, productionPackagePaths } from './production-packages.mjs'

describe('productionPackagePaths', () => {
  const lock = JSON.stringify({
    packages: {
      '': { version: '0.1.0' },
      'node_modules/zod': { version: '4.6.7' },
      'node_modules/zod/node_modules/inner': { version: '1.0.0' },
      'node_modules/for-another-platform': { version: '1.0.0', optional: true },
      'node_modules/vite': { version: '8.3.8', dev: true },
      'node_modules/dev-or-optional': { version: '1.0.0', devOptional: true },
    },
  })
  const installed = JSON.stringify({
    packages: {
      'node_modules/zod': {},
      'node_modules/zod/node_modules/inner': {},
      'node_modules/vite': {},
      'node_modules/dev-or-optional': {},
    },
  })

  it('keeps what the engine runs on, nested packages included, and nothing of development', () => {
    expect(productionPackagePaths(lock, installed)).toEqual([
      'node_modules/zod',
      'node_modules/zod/node_modules/inner',
    ])
  })
})

describe('isNeededFile', () => {
  const needed = (inside: string) => isNeededFile(inside, { platform: 'linux', arch: 'x64' })

  it('leaves out the native libraries of other machines', () => {
    expect(needed('/bin/napi-v6/linux/x64/libonnxruntime.so.1')).toBe(true)
    expect(needed('/bin/napi-v6/linux')).toBe(true)
    expect(needed('/bin/napi-v6/linux/arm64/libonnxruntime.so.1')).toBe(false)
    expect(needed('/bin/napi-v6/win32/x64/onnxruntime.dll')).toBe(false)
  })

  it('leaves out what packages carry for their developers', () => {
    expect(needed('/dist/index.js')).toBe(true)
    expect(needed('/README.md')).toBe(false)
    expect(needed('/test/all.js')).toBe(false)
  })
})
