import type { Vector3 } from '../../../native-workers/contract/matrix.js'
import { cross, subtract, unit } from '../../geometry/math.js'
import { accentColour } from '../../ui/colours.js'
import type { ScreenPoint, SlicePlacement } from '../../views/slices/use-slice-placement.js'
import { partAt, ringRadius, turnBetween } from '../model/handle-parts.js'
import { useTransformsStore } from '../store.js'
import { useHandleEdits } from './use-handle-edits.js'

export interface SliceHandles {
  /** Moves the CT where the drag began on a handle; false leaves the drag to others. */
  drag(from: ScreenPoint, to: ScreenPoint): boolean
  end(): void
  draw(context: CanvasRenderingContext2D): void
}

/** A ring around the pivot in one slice: a drag inside shifts in the plane, on the ring turns about its normal. */
export function useSliceHandles(
  plane: () => { readonly right: Vector3; readonly down: Vector3 },
  { toScreen, toPatientMm, placement }: SlicePlacement,
): SliceHandles {
  const transforms = useTransformsStore()
  const edits = useHandleEdits()
  /** From the first move of a drag to its end. */
  let held: 'shift' | 'turn' | 'elsewhere' | null = null

  function drag(from: ScreenPoint, to: ScreenPoint): boolean {
    if (!edits.isShown.value || placement.value === null) return false
    const centre = toScreen(transforms.movedPivotMm)
    held ??= partAt(centre, from) ?? 'elsewhere'
    if (held === 'elsewhere') return false
    if (held === 'turn') {
      // Clockwise on the screen, from right to down, is right-handed about right x down.
      edits.turn(unit(cross(plane().right, plane().down)), turnBetween(centre, from, to))
      return true
    }
    const [fromMm, toMm] = [toPatientMm(from), toPatientMm(to)]
    if (fromMm !== null && toMm !== null) edits.shift(subtract(toMm, fromMm))
    return true
  }

  function end(): void {
    held = null
  }

  function draw(context: CanvasRenderingContext2D): void {
    if (!edits.isShown.value || placement.value === null) return
    const { x, y } = toScreen(transforms.movedPivotMm)
    context.shadowColor = '#000'
    context.shadowBlur = 3
    context.strokeStyle = accentColour
    context.lineWidth = 2
    context.beginPath()
    context.arc(x, y, ringRadius, 0, 2 * Math.PI)
    context.moveTo(x - 6, y)
    context.lineTo(x + 6, y)
    context.moveTo(x, y - 6)
    context.lineTo(x, y + 6)
    context.stroke()
    context.fillStyle = accentColour
    for (const angle of [0.25, 0.75, 1.25, 1.75]) {
      context.beginPath()
      const [u, v] = [Math.cos(angle * Math.PI), Math.sin(angle * Math.PI)]
      context.arc(x + ringRadius * u, y + ringRadius * v, 4, 0, 2 * Math.PI)
      context.fill()
    }
    context.shadowBlur = 0
  }

  return { drag, end, draw }
}
