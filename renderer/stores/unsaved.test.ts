import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { useUnsavedStore } from './unsaved.js'

beforeEach(() => setActivePinia(createPinia()))

const cannotSave = { missing: () => 'Choose a folder.', save: () => Promise.resolve(false) }

describe('work that is not saved', () => {
  it('is not asked about where there is none', async () => {
    expect(await useUnsavedStore().mayLose('labels', 'results')).toBe(true)
  })

  it('is lost only when the person says so', async () => {
    const unsaved = useUnsavedStore()
    unsaved.watchOver('labels', () => true, cannotSave)
    const kept = unsaved.mayLose('labels')
    expect(unsaved.asked).toBe('labels')
    unsaved.answer(false)
    expect(await kept).toBe(false)
    const lost = unsaved.mayLose('labels')
    unsaved.answer(true)
    expect(await lost).toBe(true)
    expect(unsaved.asked).toBeNull()
  })

  it('is asked about by kind, one after the other, and only where it is at stake', async () => {
    const unsaved = useUnsavedStore()
    unsaved.watchOver('labels', () => true, cannotSave)
    unsaved.watchOver('results', () => true, cannotSave)
    const onlyLabels = unsaved.mayLose('labels')
    unsaved.answer(true)
    expect(await onlyLabels).toBe(true)
    const all = unsaved.mayLose('labels', 'results')
    unsaved.answer(true)
    await Promise.resolve()
    expect(unsaved.asked).toBe('results')
    unsaved.answer(false)
    expect(await all).toBe(false)
  })

  it('stays when another question takes the place of the first', async () => {
    const unsaved = useUnsavedStore()
    unsaved.watchOver('labels', () => true, cannotSave)
    const first = unsaved.mayLose('labels')
    const second = unsaved.mayLose('labels')
    unsaved.answer(true)
    expect([await first, await second]).toEqual([false, true])
  })

  it('goes on once it is saved, and asks on where that failed', async () => {
    const unsaved = useUnsavedStore()
    let isSaved = false
    unsaved.watchOver('results', () => true, { missing: () => null, save: () => Promise.resolve(isSaved) })
    const going = unsaved.mayLose('results')
    await unsaved.save()
    expect(unsaved.asked).toBe('results')
    isSaved = true
    await unsaved.save()
    expect(await going).toBe(true)
    expect(unsaved.asked).toBeNull()
  })
})
