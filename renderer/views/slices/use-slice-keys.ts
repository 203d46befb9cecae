import type { Ref } from 'vue'
import { fittedView, zoomedBy, type ViewTransform } from '../../composables/view-transform.js'
import { add, radians, scale } from '../../geometry/math.js'
import { useViewsStore } from '../../stores/views.js'
import { useVolumeStore } from '../../stores/volume.js'
import type { Plane, PlaneName } from './plane.js'

export interface SliceKeys {
  readonly onWheel: (event: WheelEvent) => void
  readonly onKey: (event: KeyboardEvent) => void
}

/** As far as one notch of the wheel or one key press zooms, in pixels of a drag. */
const zoomStep = 20

const slicesOf: Readonly<Record<string, number>> = {
  ArrowUp: 1,
  ArrowRight: 1,
  ArrowDown: -1,
  ArrowLeft: -1,
  PageUp: 10,
  PageDown: -10,
}
const turnOf: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }

/**
 * Wheel and keys of a slice: on through the slices, with Ctrl or + and - the zoom, Delete for what is marked. Alt and an
 * arrow key turn the other planes by a degree, with Shift by ten.
 */
export function useSliceKeys(
  name: PlaneName,
  plane: Readonly<Ref<Plane>>,
  sliceStepMm: Readonly<Ref<number>>,
  transform: Ref<ViewTransform>,
  remove: () => void,
): SliceKeys {
  const views = useViewsStore()
  const volumes = useVolumeStore()

  function moveSlices(count: number): void {
    views.pointAt(add(views.crosshairMm, scale(plane.value.normal, count * sliceStepMm.value)))
  }

  const otherKeys: Readonly<Record<string, () => void>> = {
    '+': () => (transform.value = zoomedBy(transform.value, zoomStep)),
    '-': () => (transform.value = zoomedBy(transform.value, -zoomStep)),
    '0': () => (transform.value = fittedView),
    Delete: remove,
  }

  function turning({ key, shiftKey }: KeyboardEvent): (() => void) | undefined {
    const sign = turnOf[key]
    if (sign === undefined || volumes.volume === null) return undefined
    return () => views.turnOthers(name, radians(sign * (shiftKey ? 10 : 1)))
  }

  function moving({ key }: KeyboardEvent): (() => void) | undefined {
    const count = slicesOf[key]
    return count === undefined ? otherKeys[key] : () => moveSlices(count)
  }

  return {
    onWheel(event) {
      const isDown = event.deltaY > 0
      if (event.ctrlKey) transform.value = zoomedBy(transform.value, isDown ? -zoomStep : zoomStep)
      else moveSlices(isDown ? -1 : 1)
    },
    onKey(event) {
      if (event.ctrlKey) return
      const act = event.altKey ? turning(event) : moving(event)
      if (act === undefined) return
      event.preventDefault()
      act()
    },
  }
}
