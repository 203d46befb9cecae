import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { useUnsavedStore } from './unsaved.js'

beforeEach(() => setActivePinia(createPinia()))

const cannotSave = { missing: () => 'Choose a folder.', save: () => Promise.resolve(false) }

describe('work that is not saved', () => {
  it('is not asked about where there is none', async () => {
    expect(await useUnsavedStore().mayLose()).toBe(true)
  })

  it('is lost only when the person says so', async () => {
    const unsaved = useUnsavedStore()
    unsaved.watchOver(() => true, cannotSave)
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
    unsaved.watchOver(() => true, cannotSave)
    const first = unsaved.mayLose()
    const second = unsaved.mayLose()
    unsaved.answer(true)
    expect([await first, await second]).toEqual([false, true])
  })

  it('goes on once it is saved, and asks on where that failed', async () => {
    const unsaved = useUnsavedStore()
    let isSaved = false
    unsaved.watchOver(() => true, { missing: () => null, save: () => Promise.resolve(isSaved) })
    const going = unsaved.mayLose()
    await unsaved.save()
    expect(unsaved.isAsking).toBe(true)
    isSaved = true
    await unsaved.save()
    expect(await going).toBe(true)
    expect(unsaved.isAsking).toBe(false)
  })
})
