import { describe, expect, it } from 'vitest'
import { duration, fileName, fixed, times } from './format.js'

describe('numbers in words', () => {
  it('shows durations', () => {
    expect(duration(430)).toBe('0.4 s')
    expect(duration(125_000)).toBe('2 min 05 s')
  })
  it('has no negative zero', () => {
    expect(fixed(-0.001, 2)).toBe('0.00')
    expect(fixed(-1.25, 1)).toBe('-1.3')
  })
  it('joins sizes without trailing zeros', () => {
    expect(times([0.7031250001, 2.5], 3)).toBe('0.703 × 2.5')
  })
  it('takes the last part of a path of either system', () => {
    expect(fileName('/a b/ü/ct.nii.gz')).toBe('ct.nii.gz')
    expect(fileName('C:\\x\\series\\')).toBe('series')
  })
})
