import { shallowRef } from 'vue'
import type { Vector3 } from '../../native-workers/contract/matrix.js'
import type { ScreenPoint, SlicePlacement } from '../views/slices/use-slice-placement.js'
import type { PaintPlane } from './model/brush.js'
import { useEditingStore } from './store.js'

export interface SliceScissors {
  drag(from: ScreenPoint, to: ScreenPoint): void
  end(): void
  /** The outline as it is drawn. */
  draw(context: CanvasRenderingContext2D): void
}

/** Points of a freehand outline are this many CSS pixels apart at least. */
const leastDistance = 2

/** The scissors' outline in one slice view. */
export function useScissors(
  plane: () => PaintPlane,
  { toScreen, toPatientMm }: SlicePlacement,
): SliceScissors {
  const editing = useEditingStore()
  /** In patient's millimetres, so that zooming meanwhile does no harm. */
  const outlineMm = shallowRef<readonly Vector3[]>([])
  let start: ScreenPoint | null = null
  let last: ScreenPoint | null = null

  function drag(from: ScreenPoint, to: ScreenPoint): void {
    start ??= from
    if (editing.scissors.shape === 'rectangle') {
      outlineMm.value = inPatient([start, { x: to.x, y: start.y }, to, { x: start.x, y: to.y }])
    } else if (last === null || Math.hypot(to.x - last.x, to.y - last.y) >= leastDistance) {
      outlineMm.value = [...outlineMm.value, ...inPatient(last === null ? [from, to] : [to])]
      last = to
    }
  }

  const inPatient = (points: readonly ScreenPoint[]): Vector3[] =>
    points.map((point) => toPatientMm(point)).filter((pointMm) => pointMm !== null)

  function end(): void {
    const drawn = outlineMm.value
    outlineMm.value = []
    start = null
    last = null
    if (drawn.length >= 3) void editing.cut(plane(), drawn)
  }

  function draw(context: CanvasRenderingContext2D): void {
    const points = outlineMm.value.map(toScreen)
    if (points.length < 2) return
    context.beginPath()
    for (const { x, y } of points) context.lineTo(x, y)
    context.closePath()
    context.fillStyle = editing.scissors.action === 'fill-inside' ? '#46b36b33' : '#e0584f33'
    if (editing.scissors.action !== 'erase-outside') context.fill()
    context.lineWidth = 1.5
    context.strokeStyle = '#ffd54a'
    context.stroke()
  }

  return { drag, end, draw }
}
