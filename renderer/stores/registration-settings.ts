import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { SavedRegistrationResult } from '../../native-workers/contract/files/registration-result.js'
import { useHistoryStore } from '../history/history-store.js'
import { mergeKeyOf } from '../history/merge-key.js'
import { defaultRegistrationSettings, type RegistrationSettings } from '../registration/settings.js'
import { text } from '../text/en.js'
import { settingName } from '../text/parts/history.js'

export interface StartResult {
  readonly name: string
  readonly result: SavedRegistrationResult
}

/** What the next registration will do; kept apart from the run so that it can be edited meanwhile. */
export const useRegistrationSettingsStore = defineStore('registration-settings', () => {
  const history = useHistoryStore()
  const settings = ref<RegistrationSettings>({ ...defaultRegistrationSettings })
  /** The result that a start from an earlier one takes its pose from. */
  const startResult = shallowRef<StartResult | null>(null)
  /** Networks that a start takes its pose from: checkpoints, or folders of trainings. */
  const networks = shallowRef<readonly string[]>([])

  /** Changes some settings, which can be undone. */
  function change(part: Partial<RegistrationSettings>): void {
    const names = Object.keys(part)
    const label = text.history.setting(settingName(names))
    assign({ ...settings.value, ...part }, label, mergeKeyOf('registration', part))
  }

  /** Lets the next registration start from networks, which can be undone. */
  function changeNetworks(next: readonly string[]): void {
    const about = { scope: 'settings', label: text.history.setting(text.history.networks) } as const
    history.assign(about, networks.value, [...new Set(next)], (to) => {
      networks.value = to
    })
  }

  /** Adds networks and lets the next registration start from them. */
  function startFromNetworks(paths: readonly string[]): void {
    changeNetworks([...networks.value, ...paths])
    if (settings.value.start !== 'network') change({ start: 'network' })
  }

  function reset(): void {
    assign({ ...defaultRegistrationSettings }, text.history.resetSettings)
  }

  function assign(next: RegistrationSettings, label: string, mergeKey?: string): void {
    history.assign({ scope: 'settings', label, mergeKey }, { ...settings.value }, next, (to) => {
      settings.value = { ...to }
    })
  }

  return { settings, startResult, networks, change, changeNetworks, startFromNetworks, reset }
})
