import { describe, expect, it } from 'vitest'
import { structuresFromText } from './structures.js'

describe('structuresFromText', () => {
  it('reads label numbers', () => {
    expect(structuresFromText('1, 2 27')).toEqual([1, 2, 27])
    expect(structuresFromText('  ')).toEqual([])
  })
  it('refuses what is no label', () => {
    expect(structuresFromText('1, x')).toBeNull()
    expect(structuresFromText('0')).toBeNull()
    expect(structuresFromText('1.5')).toBeNull()
  })
})
