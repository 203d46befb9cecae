import { describe, expect, it } from 'vitest'
import { mayHaveGraphicsDevice } from './graphics-device.js'

describe('mayHaveGraphicsDevice', () => {
  it('finds the devices of Linux', () => {
    expect(mayHaveGraphicsDevice('linux', () => false)).toBe(false)
    for (const device of ['/dev/dri', '/dev/nvidiactl', '/dev/dxg']) {
      expect(mayHaveGraphicsDevice('linux', (path) => path === device)).toBe(true)
    }
  })

  it('leaves the question to the system elsewhere', () => {
    expect(mayHaveGraphicsDevice('win32', () => false)).toBe(true)
    expect(mayHaveGraphicsDevice('darwin', () => false)).toBe(true)
  })
})
