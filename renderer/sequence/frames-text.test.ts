import { describe, expect, it } from 'vitest'
import { framesFromField } from './frames-text.js'

describe('framesFromField', () => {
  it('counts from 1 and reads ranges and lists', () => {
    expect(framesFromField(' All ', 3)).toBe('all')
    expect(framesFromField('1-3', 3)).toEqual([0, 1, 2])
    expect(framesFromField('1, 3', 3)).toEqual([0, 2])
  })

  it('refuses what is not there, and frames named twice', () => {
    for (const text of ['', '0', '4', '1-4', '2,2', 'x', '1-']) expect(framesFromField(text, 3)).toBeNull()
  })
})
