import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'

// The volume's store asks the graphics what they can draw.
vi.stubGlobal(
  'OffscreenCanvas',
  class {
    getContext = (): null => null
  },
)
const { useRulersStore } = await import('./rulers.js')

beforeEach(() => setActivePinia(createPinia()))

describe('rulers', () => {
  it('keep the place where the drag began, and are removed one by one', () => {
    const rulers = useRulersStore()
    rulers.drag('axial', [0, 0, 5], [1, 0, 5])
    rulers.drag('axial', [1, 0, 5], [30, 40, 5])
    expect(rulers.all).toEqual([{ plane: 'axial', startMm: [0, 0, 5], endMm: [30, 40, 5] }])
    rulers.finish()
    rulers.finish()
    rulers.drag('coronal', [0, 7, 0], [9, 7, 0])
    rulers.finish()
    expect(rulers.all).toHaveLength(2)
    const [first] = rulers.all
    if (first !== undefined) rulers.remove(first)
    expect(rulers.all.map(({ plane }) => plane)).toEqual(['coronal'])
    rulers.clear()
    expect(rulers.all).toEqual([])
  })
})
