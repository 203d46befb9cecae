import type { Ref } from 'vue'
import { useDrag, type DragMove } from '../../composables/use-drag.js'
import { pannedBy, zoomedBy, type ViewTransform } from '../../composables/view-transform.js'
import type { SlicePoints } from '../../points/use-slice-points.js'
import type { SliceEditing } from '../../segmentation/use-slice-editing.js'
import type { SliceBox } from '../../steps/crop/box/use-slice-box.js'
import { useRulersStore } from '../../stores/rulers.js'
import { useViewsStore } from '../../stores/views.js'
import type { SliceHandles } from '../../transforms/views/use-slice-handles.js'
import type { PlaneName } from './plane.js'
import type { ScreenPoint, SlicePlacement } from './use-slice-placement.js'

/** What a press in a slice may take hold of. */
interface Holdable {
  readonly placement: SlicePlacement
  readonly transform: Ref<ViewTransform>
  readonly box: SliceBox
  readonly points: SlicePoints
  readonly editing: SliceEditing
  readonly handles: SliceHandles
}

/**
 * The mouse in a slice. Left: what lies under it (box, handles, brush, points), else window and level; with Shift the
 * crosshair, with Ctrl or the ruler in hand a measurement, with Alt the other planes. Right: zoom. Middle: pan.
 */
export function useSlicePointer(
  canvas: Readonly<Ref<HTMLElement | null>>,
  name: PlaneName,
  { placement: { toScreen, toPatientMm }, transform, box, points, editing, handles }: Holdable,
): void {
  const views = useViewsStore()
  const rulers = useRulersStore()

  function moveCrosshair(at: ScreenPoint): void {
    const pointMm = toPatientMm(at)
    if (pointMm !== null) views.pointAt(pointMm)
  }

  function measure(from: ScreenPoint, to: ScreenPoint): void {
    const [fromMm, toMm] = [toPatientMm(from), toPatientMm(to)]
    if (fromMm !== null && toMm !== null) rulers.drag(name, fromMm, toMm)
  }

  /** Turns the other planes as far as the pointer goes round the crosshair. */
  function turnAround(from: ScreenPoint, to: ScreenPoint): void {
    const centre = toScreen(views.crosshairMm)
    const angle = (at: ScreenPoint): number => Math.atan2(at.y - centre.y, at.x - centre.x)
    const turn = angle(to) - angle(from)
    // The short way round where the angle jumps from 180 to -180 degrees.
    views.turnOthers(name, Math.atan2(Math.sin(turn), Math.cos(turn)))
  }

  function changeWindow(dx: number, dy: number): void {
    const { width, centre } = views.windowLevel
    const gain = Math.max(1, width / 300)
    views.windowLevel = { width: Math.max(1, width + dx * gain), centre: centre + dy * gain }
  }

  function dragLeft({ dx, dy, x, y, shift, control, alt, isFirst }: DragMove): void {
    const [from, to] = [
      { x: x - dx, y: y - dy },
      { x, y },
    ]
    const isFree = !shift && !control && !rulers.isActive && !alt
    if (box.isHeld() || (isFree && isFirst && box.begin(from))) box.drag(to)
    else if (alt) turnAround(from, to)
    else if (shift) moveCrosshair(to)
    else if (control || rulers.isActive) measure(from, to)
    else if (handles.drag(from, to)) return
    else if (editing.takesDrags.value) editing.drag(from, to)
    else if (!points.drag(from, to)) changeWindow(dx, dy)
  }

  useDrag(canvas, {
    click(at) {
      if (editing.takesClicks.value) editing.click(at)
      else if (!points.click(at)) moveCrosshair(at)
    },
    move(move) {
      if (move.button === 'left') dragLeft(move)
      else if (move.button === 'right') transform.value = zoomedBy(transform.value, move.dy)
      else transform.value = pannedBy(transform.value, move.dx, move.dy)
    },
    end() {
      box.end()
      points.end()
      rulers.finish()
      editing.end()
      handles.end()
    },
  })
}
