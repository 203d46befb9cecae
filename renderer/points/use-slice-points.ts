import type { Vector3 } from '../../native-workers/contract/matrix.js'
import { add, length, subtract } from '../geometry/math.js'
import type { ScreenPoint, SlicePlacement } from '../views/slices/use-slice-placement.js'
import { drawPoint, nearest, shownName } from './draw-points.js'
import { usePointsStore } from './points-store.js'

/** Points farther from the slice are not drawn. */
const fadesWithinMm = 12
/** Fainter points can't be taken hold of. */
const leastOpacityToHold = 0.35

export interface SlicePoints {
  readonly draw: (context: CanvasRenderingContext2D) => void
  /** Whether the click was meant for the points: it placed one, or chose one. */
  readonly click: (at: ScreenPoint) => boolean
  /** Whether the drag moves a point: decided where it begins, kept until `end`. */
  readonly drag: (from: ScreenPoint, to: ScreenPoint) => boolean
  readonly end: () => void
  /** Removes the chosen pair; false when none is. */
  readonly removeSelected: () => boolean
}

type Held = { readonly id: number; readonly startMm: Vector3; readonly fromMm: Vector3 } | 'nothing'

/** Numbers the drags of the window, so that each makes one step of the history. */
let dragCount = 0

/** The points in one slice view: drawn near the slice, placed by clicks, moved by drags within the slice's plane. */
export function useSlicePoints({ toScreen, toPatientMm }: SlicePlacement): SlicePoints {
  const points = usePointsStore()
  let held: Held | null = null

  /** How far a place is from the slice. */
  function distanceMm(positionMm: Vector3): number {
    const inSlice = toPatientMm(toScreen(positionMm))
    return inSlice === null ? Infinity : length(subtract(positionMm, inSlice))
  }

  function near(): (readonly [{ id: number; positionMm: Vector3; opacity: number }, ScreenPoint])[] {
    return points.shown.flatMap(({ id, positionMm }) => {
      if (positionMm === null) return []
      const opacity = 1 - distanceMm(positionMm) / fadesWithinMm
      return opacity <= 0 ? [] : [[{ id, positionMm, opacity }, toScreen(positionMm)] as const]
    })
  }

  const within = (at: ScreenPoint): { id: number; positionMm: Vector3 } | null =>
    nearest(
      near().filter(([{ opacity }]) => opacity >= leastOpacityToHold),
      at,
    )

  function draw(context: CanvasRenderingContext2D): void {
    for (const [{ id, opacity }, at] of near()) {
      const pair = points.pairs.find((other) => other.id === id)
      if (pair === undefined) continue
      const isSelected = id === points.selectedId
      const name = shownName(pair.name, isSelected, points.shown.length)
      drawPoint(context, at, { name, colour: pair.colour, isSelected }, opacity)
    }
  }

  function click(at: ScreenPoint): boolean {
    const positionMm = toPatientMm(at)
    if (points.isPlacing && positionMm !== null) {
      points.placePosition(positionMm)
      return true
    }
    const hit = within(at)
    if (hit === null) {
      points.select(null)
      return false
    }
    points.lookAt(hit.id)
    return true
  }

  function drag(from: ScreenPoint, to: ScreenPoint): boolean {
    if (held === null) {
      const hit = within(from)
      const fromMm = toPatientMm(from)
      held = hit === null || fromMm === null ? 'nothing' : { id: hit.id, startMm: hit.positionMm, fromMm }
      if (held !== 'nothing') {
        dragCount++
        points.select(held.id)
      }
    }
    const toMm = toPatientMm(to)
    if (held === 'nothing' || toMm === null) return held !== 'nothing'
    points.movePosition(held.id, add(held.startMm, subtract(toMm, held.fromMm)), dragCount)
    return true
  }

  function end(): void {
    held = null
  }

  function removeSelected(): boolean {
    if (points.selectedId === null) return false
    points.remove(points.selectedId)
    return true
  }

  return { draw, click, drag, end, removeSelected }
}
