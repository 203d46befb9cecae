import { computed, type ComputedRef } from 'vue'
import type { Vector3 } from '../../../native-workers/contract/matrix.js'
import { scale } from '../../geometry/math.js'
import { useVolumeStore } from '../../stores/volume.js'
import { text } from '../../text/en.js'
import { movedOn } from '../model/turn-and-shift.js'
import { useShownPlaceStore } from '../shown-place.js'
import { useTransformsStore } from '../store.js'

export interface HandleEdits {
  readonly isShown: ComputedRef<boolean>
  readonly shift: (shiftMm: Vector3) => void
  /** About the moved pivot; a unit axis and radians. */
  readonly turn: (axis: Vector3, angleRad: number) => void
}

/** What handles in any view do to the active transform. */
export function useHandleEdits(): HandleEdits {
  const transforms = useTransformsStore()
  const place = useShownPlaceStore()
  const volumes = useVolumeStore()
  const words = text.transforms.history
  const isShown = computed(
    () => place.isOpen && transforms.hasHandles && transforms.active !== null && volumes.volume !== null,
  )

  function edit(rotationVectorRad: Vector3, shiftMm: Vector3, label: string): void {
    if (transforms.active === null) return
    // A hand that moves the CT wants to see it move.
    if (transforms.preview === 'off') transforms.preview = 'ct'
    const { movedFromVolume } = transforms.active
    const next = movedOn(movedFromVolume, transforms.movedPivotMm, rotationVectorRad, shiftMm)
    transforms.setMatrix(next, label, `handle ${label}`)
  }

  return {
    isShown,
    shift: (shiftMm) => edit([0, 0, 0], shiftMm, words.shift),
    turn: (axis, angleRad) => edit(scale(axis, angleRad), [0, 0, 0], words.turn),
  }
}
