import { describe, expect, it } from 'vitest'
import { resultFileOf } from './result-entry.js'

describe('where a project says that a result lies', () => {
  it('is its folder, or its file where that has a name of its own', () => {
    expect(resultFileOf({ folder: '/data/run 1' })).toBe('/data/run 1/result.json')
    expect(resultFileOf({ folder: 'C:\\data\\run' })).toBe('C:\\data\\run\\result.json')
    expect(resultFileOf({ folder: '/data/second.json' })).toBe('/data/second.json')
    expect(resultFileOf({ folder: '/result.json' })).toBe('/result.json')
  })
})
