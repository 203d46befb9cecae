import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { VolumePresetName } from '../views/three-d/volume-rendering/presets.js'

/** How the 3D view shows the CT's voxels themselves. */
export const useVolumeRenderingStore = defineStore('volume-rendering', () => {
  const preset = ref<VolumePresetName | null>(null)
  /** Added to the values that the preset's opacity begins at, in the volume's values. */
  const shift = ref(0)
  /** Whether only what lies in the crop box is shown, while there is one in the view. */
  const isClipped = ref(true)
  const isBusy = ref(false)
  /** Why the volume can't be shown; null when it can. */
  const failure = ref<string | null>(null)
  /** Voxels of the copy that is drawn, for who wants to know what is seen; null while none is. */
  const drawnSize = ref<string | null>(null)

  function choose(next: VolumePresetName | null): void {
    preset.value = next
    shift.value = 0
  }

  return { preset, shift, isClipped, isBusy, failure, drawnSize, choose }
})
