import type { Vector2 } from '../../native-workers/contract/matrix.js'
import type { Placement } from '../composables/view-transform.js'
import { project } from '../geometry/camera.js'
import { transformPoint } from '../geometry/math.js'
import { usePoseStore } from '../stores/pose.js'
import { useVolumeStore } from '../stores/volume.js'
import { useXraysStore } from '../stores/xrays.js'
import { drawPoint, drawProjection, nearest, shownName, type PlaceOnScreen } from './draw-points.js'
import { usePointsStore } from './points-store.js'

export interface PanePoints {
  readonly draw: (context: CanvasRenderingContext2D, placement: Placement) => void
  /** Whether the click was meant for the points: it placed one, or chose one. */
  readonly click: (at: PlaceOnScreen) => boolean
  /** Whether the drag moves a point: decided where it begins, kept until `end`. */
  readonly drag: (from: PlaceOnScreen, to: PlaceOnScreen) => boolean
  readonly end: () => void
  readonly removeSelected: () => boolean
}

let dragCount = 0

/**
 * The points on the detector: where they were picked in the shown X-ray, and where the CT's fall at the present pose.
 * `placement` tells how the picture lies on the screen.
 */
export function usePanePoints(placement: () => Placement | null): PanePoints {
  const points = usePointsStore()
  const xrays = useXraysStore()
  const pose = usePoseStore()
  const volumes = useVolumeStore()
  let held: number | 'nothing' | null = null

  /** Half of the pixels that were cropped: pixels of points count before the crop. */
  const offset = (): number => Math.floor((xrays.active?.source.preprocessing.crop ?? 0) / 2)

  function toScreen([u, v]: Vector2, { left, top, scale }: Placement): PlaceOnScreen {
    return { x: left + (u - offset() + 0.5) * scale, y: top + (v - offset() + 0.5) * scale }
  }

  function toPixel({ x, y }: PlaceOnScreen): Vector2 | null {
    const placed = placement()
    if (placed === null) return null
    const { left, top, scale } = placed
    return [(x - left) / scale - 0.5 + offset(), (y - top) / scale - 0.5 + offset()]
  }

  /** Those of the shown X-ray. */
  function picked(placed: Placement): (readonly [number, PlaceOnScreen])[] {
    const id = xrays.activeId
    return points.shown.flatMap((pair) => {
      const pixel = id === null ? undefined : pair.pixels.get(id)
      return pixel === undefined ? [] : [[pair.id, toScreen(pixel, placed)] as const]
    })
  }

  function draw(context: CanvasRenderingContext2D, placed: Placement): void {
    const places = new Map(picked(placed))
    const camera = volumes.volume === null ? null : (xrays.active?.camera ?? null)
    for (const pair of points.shown) {
      const at = places.get(pair.id) ?? null
      const isSelected = pair.id === points.selectedId
      const name = shownName(pair.name, isSelected, points.shown.length)
      if (at !== null) drawPoint(context, at, { name, colour: pair.colour, isSelected })
      if (camera === null || pair.positionMm === null) continue
      const [u, v] = project(camera, transformPoint(pose.cameraFromVolume, pair.positionMm)) ?? [NaN, NaN]
      if (Number.isNaN(u)) continue
      // The camera is that of the cropped picture.
      drawProjection(context, toScreen([u + offset(), v + offset()], placed), pair.colour, at)
    }
  }

  function within(at: PlaceOnScreen): number | null {
    const placed = placement()
    return placed === null ? null : nearest(picked(placed), at)
  }

  function click(at: PlaceOnScreen): boolean {
    const pixel = toPixel(at)
    const { activeId, active } = xrays
    if (points.isPlacing && pixel !== null && activeId !== null && active !== null) {
      if (isInside(pixel)) points.placePixel(activeId, pixel)
      return true
    }
    const hit = within(at)
    if (hit === null) {
      points.select(null)
      return false
    }
    points.lookAt(hit)
    return true
  }

  function isInside([u, v]: Vector2): boolean {
    const { width, height } = xrays.active?.opened.picture ?? { width: 0, height: 0 }
    const [x, y] = [u - offset(), v - offset()]
    return x >= -0.5 && y >= -0.5 && x <= width - 0.5 && y <= height - 0.5
  }

  function drag(from: PlaceOnScreen, to: PlaceOnScreen): boolean {
    if (held === null) {
      held = within(from) ?? 'nothing'
      if (held !== 'nothing') {
        dragCount++
        points.select(held)
      }
    }
    const pixel = toPixel(to)
    if (held === 'nothing') return false
    if (pixel !== null && xrays.activeId !== null && isInside(pixel)) {
      points.movePixel(held, xrays.activeId, pixel, dragCount)
    }
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
