import { describe, expect, it } from 'vitest'
import { ByteLimitedCache } from './byte-limited-cache.js'

describe('ByteLimitedCache', () => {
  it('lets go of what was not used for longest', () => {
    const cache = new ByteLimitedCache<string>(100)
    cache.set('a', 'A', 40)
    cache.set('b', 'B', 40)
    expect(cache.get('a')).toBe('A')
    cache.set('c', 'C', 40)
    expect(cache.get('b')).toBeUndefined()
    expect([cache.get('a'), cache.get('c')]).toEqual(['A', 'C'])
  })

  it('does not keep what exceeds the limit, nor counts a replaced value twice', () => {
    const cache = new ByteLimitedCache<string>(100)
    cache.set('a', 'A', 60)
    cache.set('large', 'L', 101)
    cache.set('a', 'A2', 60)
    cache.set('b', 'B', 40)
    expect([cache.get('large'), cache.get('a'), cache.get('b')]).toEqual([undefined, 'A2', 'B'])
  })
})
