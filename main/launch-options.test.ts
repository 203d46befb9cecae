import { describe, expect, it } from 'vitest'
import { parseLaunchOptions } from './launch-options.js'

describe('parseLaunchOptions', () => {
  it('finds its own switches among those of Electron', () => {
    const argv = ['/electron', '--no-sandbox', '--user-data-dir=/tmp/ü x', '/app', '--sample']
    expect(parseLaunchOptions(argv, { ISOCENTER_TEST: '1' })).toEqual({
      openSample: true,
      smoke: false,
      userDataFolder: '/tmp/ü x',
      testMode: true,
    })
  })

  it('does without any', () => {
    expect(parseLaunchOptions(['/isocenter', '--smoke'], {})).toEqual({
      openSample: false,
      smoke: true,
      userDataFolder: null,
      testMode: false,
    })
  })
})
