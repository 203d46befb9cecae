import { describe, expect, it } from 'vitest'
import { isInstalled } from './installed-packages.mjs'

function lock(packages: Record<string, { version: string; optional?: boolean }>): string {
  return JSON.stringify({ lockfileVersion: 3, packages: { '': { version: '0.1.0' }, ...packages } })
}

describe('isInstalled', () => {
  const wanted = lock({
    'node_modules/vue': { version: '3.5.45' },
    'node_modules/fsevents': { version: '2.3.3', optional: true },
  })

  it('accepts the same versions, more packages, and no optional one', () => {
    const present = lock({
      'node_modules/vue': { version: '3.5.45' },
      'node_modules/left-over': { version: '1.0.0' },
    })
    expect(isInstalled(wanted, present)).toBe(true)
  })

  it('refuses another version, a missing package and no installation at all', () => {
    expect(isInstalled(wanted, lock({ 'node_modules/vue': { version: '3.5.44' } }))).toBe(false)
    expect(isInstalled(wanted, lock({}))).toBe(false)
    expect(isInstalled(wanted, '{}')).toBe(false)
  })
})
