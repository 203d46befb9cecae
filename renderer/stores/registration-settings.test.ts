import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { useHistoryStore } from '../history/history-store.js'
import { defaultRegistrationSettings } from '../registration/settings.js'
import { useRegistrationSettingsStore } from './registration-settings.js'

beforeEach(() => setActivePinia(createPinia()))

describe('the settings of a registration', () => {
  it('go back and forth one by one', async () => {
    const store = useRegistrationSettingsStore()
    const history = useHistoryStore()
    store.change({ seed: 4 })
    store.change({ metric: 'mi' })
    expect(history.nextUndo).toBe('registration, similarity')
    await history.undo()
    expect(store.settings).toMatchObject({ seed: 4, metric: defaultRegistrationSettings.metric })
    await history.undo()
    expect(store.settings).toEqual(defaultRegistrationSettings)
    await history.redo()
    await history.redo()
    expect(store.settings).toMatchObject({ seed: 4, metric: 'mi' })
  })

  it('come back after a reset', async () => {
    const store = useRegistrationSettingsStore()
    store.change({ seed: 4 })
    store.reset()
    expect(store.settings).toEqual(defaultRegistrationSettings)
    await useHistoryStore().undo()
    expect(store.settings.seed).toBe(4)
  })
})
