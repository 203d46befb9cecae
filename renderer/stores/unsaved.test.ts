import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { useUnsavedStore } from './unsaved.js'

beforeEach(() => setActivePinia(createPinia()))

describe('work that is not saved', () => {
  it('is not asked about where there is none', async () => {
    expect(await useUnsavedStore().mayLose()).toBe(true)
  })

  it('is lost only when the person says so', async () => {
    const unsaved = useUnsavedStore()
    unsaved.watchOver(() => true)
    const kept = unsaved.mayLose()
    expect(unsaved.isAsking).toBe(true)
    unsaved.answer(false)
    expect(await kept).toBe(false)
    const lost = unsaved.mayLose()
    unsaved.answer(true)
    expect(await lost).toBe(true)
    expect(unsaved.isAsking).toBe(false)
  })

  it('stays when another question takes the place of the first', async () => {
    const unsaved = useUnsavedStore()
    unsaved.watchOver(() => true)
    const first = unsaved.mayLose()
    const second = unsaved.mayLose()
    unsaved.answer(true)
    expect([await first, await second]).toEqual([false, true])
  })
})
