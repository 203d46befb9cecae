import { computed, type ComputedRef, type Ref } from 'vue'
import { length, subtract } from '../../geometry/math.js'
import { useRulersStore, type Ruler } from '../../stores/rulers.js'
import { fixed } from '../../text/format.js'
import { text } from '../../text/en.js'
import { drawRuler } from './draw-ruler.js'
import { planes, type PlaneName } from './plane.js'
import type { SlicePlacement } from './use-slice-placement.js'

export interface SliceRulers {
  /** Those that lie in the shown slice. */
  readonly shown: ComputedRef<readonly Ruler[]>
  readonly draw: (context: CanvasRenderingContext2D) => void
  readonly removeLast: () => void
}

/** The rulers of one plane; each is seen in the slice that it was drawn in. */
export function useSliceRulers(
  name: PlaneName,
  positionMm: Readonly<Ref<number>>,
  sliceStepMm: Readonly<Ref<number>>,
  { toScreen }: SlicePlacement,
): SliceRulers {
  const rulers = useRulersStore()
  const { axis } = planes[name]
  const shown = computed(() =>
    rulers.all.filter(
      ({ plane, startMm }) =>
        plane === name && Math.abs(startMm[axis] - positionMm.value) <= sliceStepMm.value / 2,
    ),
  )

  function draw(context: CanvasRenderingContext2D): void {
    for (const { startMm, endMm } of shown.value) {
      const lengthMm = length(subtract(endMm, startMm))
      drawRuler(context, toScreen(startMm), toScreen(endMm), text.viewTools.lengthMm(fixed(lengthMm, 1)))
    }
  }

  function removeLast(): void {
    const last = shown.value.at(-1)
    if (last !== undefined) rulers.remove(last)
  }

  return { shown, draw, removeLast }
}
