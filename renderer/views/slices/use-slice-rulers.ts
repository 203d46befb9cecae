import { computed, type ComputedRef, type Ref } from 'vue'
import type { Vector3 } from '../../../native-workers/contract/matrix.js'
import { dot, length, subtract } from '../../geometry/math.js'
import { useRulersStore, type Ruler } from '../../stores/rulers.js'
import { fixed } from '../../text/format.js'
import { text } from '../../text/en.js'
import { drawRuler } from './draw-ruler.js'
import type { Plane, PlaneName } from './plane.js'
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
  plane: Readonly<Ref<Plane>>,
  positionMm: Readonly<Ref<number>>,
  sliceStepMm: Readonly<Ref<number>>,
  { toScreen }: SlicePlacement,
): SliceRulers {
  const rulers = useRulersStore()
  const isInSlice = (pointMm: Vector3): boolean =>
    Math.abs(dot(plane.value.normal, pointMm) - positionMm.value) <= sliceStepMm.value / 2
  const shown = computed(() =>
    rulers.all.filter((ruler) => ruler.plane === name && isInSlice(ruler.startMm) && isInSlice(ruler.endMm)),
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
