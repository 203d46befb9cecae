import { describe, expect, it } from 'vitest'
import { productionPackagePaths } from './production-packages.mjs'

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
