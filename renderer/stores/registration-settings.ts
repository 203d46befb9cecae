import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { ImagePointsFile, PointsFile } from '../../native-workers/contract/files/points.js'
import { defaultRegistrationSettings, type RegistrationSettings } from '../registration/settings.js'

/** What the next registration will do; kept apart from the run so that it can be edited meanwhile. */
export const useRegistrationSettingsStore = defineStore('registration-settings', () => {
  const settings = ref<RegistrationSettings>({ ...defaultRegistrationSettings })
  const points3d = shallowRef<PointsFile | null>(null)
  const points2d = shallowRef<ImagePointsFile | null>(null)

  function reset(): void {
    settings.value = { ...defaultRegistrationSettings }
  }

  return { settings, points3d, points2d, reset }
})
