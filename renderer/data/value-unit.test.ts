import { describe, expect, it } from 'vitest'
import { valueUnit, withUnit } from './value-unit.js'

describe('valueUnit', () => {
  it('is HU where a volume holds air, and unknown for a bone cut out on zeros', () => {
    expect(valueUnit([-1024, 3071])).toBe('HU')
    expect(valueUnit([0, 4095])).toBe('')
    expect(valueUnit(null)).toBe('')
  })

  it('leaves no blank where there is none', () => {
    expect([withUnit('200', 'HU'), withUnit('2880', '')]).toEqual(['200 HU', '2880'])
  })
})
