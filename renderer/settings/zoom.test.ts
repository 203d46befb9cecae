import { describe, expect, it } from 'vitest'
import { zoomed, zoomOfKey } from './zoom.js'

describe('the zoom', () => {
  it('goes through its sizes and stays at either end', () => {
    expect(zoomed(100, 'in')).toBe(110)
    expect(zoomed(100, 'out')).toBe(90)
    expect(zoomed(115, 'in')).toBe(125)
    expect(zoomed(115, 'out')).toBe(110)
    expect(zoomed(150, 'in')).toBe(150)
    expect(zoomed(80, 'out')).toBe(80)
    expect(zoomed(80, 'reset')).toBe(100)
  })

  it('has the keys of browsers', () => {
    const held = { ctrlKey: true, metaKey: false, altKey: false }
    expect(zoomOfKey({ ...held, key: '+' })).toBe('in')
    expect(zoomOfKey({ ...held, key: '=' })).toBe('in')
    expect(zoomOfKey({ ...held, key: '-' })).toBe('out')
    expect(zoomOfKey({ ...held, key: '0' })).toBe('reset')
    expect(zoomOfKey({ ...held, key: '1' })).toBeNull()
    expect(zoomOfKey({ ...held, key: '0', altKey: true })).toBeNull()
    expect(zoomOfKey({ ...held, key: '0', ctrlKey: false })).toBeNull()
    expect(zoomOfKey({ ...held, key: '+', ctrlKey: false, metaKey: true })).toBe('in')
  })
})
