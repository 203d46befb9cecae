import { describe, expect, it } from 'vitest'
import { checkFramesOptions, parseFrames } from './frames-option.js'

describe('parseFrames', () => {
  it('takes all, ranges in both directions, and lists of both', () => {
    expect(parseFrames('all')).toBe('all')
    expect(parseFrames('3-5')).toEqual([3, 4, 5])
    expect(parseFrames('2-0')).toEqual([2, 1, 0])
    expect(parseFrames('0,7,9-10')).toEqual([0, 7, 9, 10])
  })

  it('says how frames are named', () => {
    for (const text of ['', '1-', 'a', '-3', '1, 2']) expect(() => parseFrames(text)).toThrow(/0,2,5-8/)
  })
})

describe('checkFramesOptions', () => {
  it('refuses what contradicts or does nothing', () => {
    expect(() => checkFramesOptions({ frames: 'all', frame: 3 })).toThrow(/exclude each other/)
    expect(() => checkFramesOptions({ force: true })).toThrow(/no effect/)
    checkFramesOptions({ frames: [1], force: true })
  })
})
