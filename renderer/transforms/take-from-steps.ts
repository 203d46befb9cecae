import { watch } from 'vue'
import type { Matrix4 } from '../../native-workers/contract/matrix.js'
import { inverseAffine, largestDifference } from '../geometry/math.js'
import { useCoregisterStore } from '../steps/coregister/store.js'
import { useCropStore } from '../steps/crop/store.js'
import { useIsotropicStore } from '../steps/isotropic/store.js'
import { fileName } from '../text/format.js'
import { text } from '../text/en.js'
import { useTransformsStore } from './store.js'

interface Made {
  readonly path: string
  readonly originalFromMoved: Matrix4
  readonly name: string
}

/** Puts what Co-register, Isotropic and a mirroring Crop have moved a CT by into the list. */
export function useTransformsOfSteps(): void {
  const transforms = useTransformsStore()
  const [coregister, isotropic, crop] = [useCoregisterStore(), useIsotropicStore(), useCropStore()]
  const names = text.transforms.fromSteps

  function take(made: readonly Made[]): void {
    for (const { path, originalFromMoved, name } of made) {
      const movedFromVolume = inverseAffine(originalFromMoved)
      const source = fileName(path)
      const isKnown = transforms.all.some(
        (known) =>
          known.source === source && largestDifference(known.movedFromVolume, movedFromVolume) < 1e-9,
      )
      if (!isKnown) transforms.add({ name, movedFromVolume, source }, text.transforms.history.fromStep)
    }
  }

  watch(
    () => coregister.output,
    (output) => {
      if (output === null) return
      const { transform: path, volumeFromReference } = output
      take([{ path, originalFromMoved: volumeFromReference, name: names.coregister }])
    },
  )
  watch(
    () => isotropic.output,
    (output) => {
      const path = output?.transform ?? null
      const originalFromMoved = output?.originalFromCentered ?? null
      if (path !== null && originalFromMoved !== null) {
        take([{ path, originalFromMoved, name: names.isotropic }])
      }
    },
  )
  watch(
    () => crop.output,
    (output) => {
      take(
        (output?.structures ?? []).flatMap(({ structure, transform: path, originalFromMirrored }) =>
          path === null || originalFromMirrored === null
            ? []
            : [{ path, originalFromMoved: originalFromMirrored, name: names.crop(structure) }],
        ),
      )
    },
  )
}
