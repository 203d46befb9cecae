import { describe, expect, it } from 'vitest'
import { fitsSearch, labelName } from './label-names.js'

const entry = (label: number, name: string | null) => ({
  label,
  name,
  voxelCount: 1,
  centreMm: [0, 0, 0] as const,
  box: { first: [0, 0, 0] as const, last: [0, 0, 0] as const },
})

describe('labelName', () => {
  it('is the file’s, the chosen table’s, or the number; never a guess', () => {
    expect(labelName(entry(27, 'lumbar_5'), 'file')).toBe('lumbar 5')
    expect(labelName(entry(27, null), 'file')).toBe('27')
    expect(labelName(entry(27, 'lumbar_5'), 'totalsegmentator')).toBe('vertebrae L5')
    expect(labelName(entry(118, null), 'totalsegmentator')).toBe('118')
    expect(labelName(entry(27, 'lumbar_5'), 'numbers')).toBe('27')
  })
})

describe('fitsSearch', () => {
  it('wants every word in the name, or the number', () => {
    expect(fitsSearch('', 'rib left 1', 92)).toBe(true)
    expect(fitsSearch('left_rib', 'rib left 1', 92)).toBe(true)
    expect(fitsSearch('92', 'rib left 1', 92)).toBe(true)
    expect(fitsSearch('rib right', 'rib left 1', 92)).toBe(false)
  })
})
