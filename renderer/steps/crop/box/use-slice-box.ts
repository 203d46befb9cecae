import { computed, onScopeDispose, watch, type ComputedRef, type Ref } from 'vue'
import type { Vector3 } from '../../../../native-workers/contract/matrix.js'
import type { CanvasSize } from '../../../composables/use-canvas.js'
import { indexFromVolume } from '../../../geometry/grid.js'
import { subtract, transformPoint } from '../../../geometry/math.js'
import { accentColour } from '../../../ui/colours.js'
import type { ScreenPoint, SlicePlacement } from '../../../views/slices/use-slice-placement.js'
import { gripAt, type BoxGrip, type OutlineCorner } from './box-handles.js'
import { boxSection, type SectionPlane } from './box-section.js'
import { movedBy, withFaceAt, type CropBox } from './crop-box.js'
import { useCropBoxStore } from './store.js'

export interface SliceBox {
  /** The box's outline on the screen; empty where the slice misses it. */
  readonly outline: ComputedRef<readonly OutlineCorner[]>
  /** Takes hold of the box where a press at this point can; false where it can't. */
  begin(at: ScreenPoint): boolean
  readonly isHeld: () => boolean
  drag(to: ScreenPoint): void
  end(): void
  /** Dims what is cut away and draws the outline with its handles. */
  draw(context: CanvasRenderingContext2D, view: CanvasSize): void
}

interface Hold {
  readonly grip: BoxGrip
  readonly fromMm: Vector3
  readonly before: CropBox
}

const handleSide = 7

/** The crop box in one slice view: seen as its section with the slice, changed by its edges, corners and inside. */
export function useSliceBox(
  canvas: Readonly<Ref<HTMLElement | null>>,
  plane: Readonly<Ref<SectionPlane>>,
  { toScreen, toPatientMm }: SlicePlacement,
): SliceBox {
  const boxes = useCropBoxStore()
  let held: Hold | null = null

  const outline = computed<readonly OutlineCorner[]>(() =>
    boxes.shown === null
      ? []
      : boxSection(boxes.shown, plane.value).map(({ pointMm, face }) => ({ ...toScreen(pointMm), face })),
  )

  function begin(at: ScreenPoint): boolean {
    const before = boxes.shown
    const grip = gripAt(outline.value, at)
    const fromMm = toPatientMm(at)
    if (before === null || grip === null || fromMm === null) return false
    held = { grip, fromMm, before }
    return true
  }

  function drag(to: ScreenPoint): void {
    const toMm = toPatientMm(to)
    if (held === null || toMm === null) return
    const { grip, fromMm, before } = held
    const toIndex = indexFromVolume(before.grid)
    const index = transformPoint(toIndex, toMm)
    if (grip.kind === 'inside') {
      boxes.preview(movedBy(before, subtract(index, transformPoint(toIndex, fromMm))))
    } else {
      boxes.preview(grip.faces.reduce((box, face) => withFaceAt(box, face, index[face.axis]), before))
    }
  }

  function end(): void {
    if (held !== null) boxes.record(held.before)
    held = null
  }

  function draw(context: CanvasRenderingContext2D, view: CanvasSize): void {
    if (boxes.shown === null) return
    const corners = outline.value
    context.fillStyle = 'rgb(0 0 0 / 58%)'
    context.beginPath()
    context.rect(0, 0, view.width, view.height)
    trace(context, corners)
    context.fill('evenodd')
    if (corners.length === 0) return
    context.strokeStyle = accentColour
    context.lineWidth = 1.5
    context.beginPath()
    trace(context, corners)
    context.stroke()
    context.fillStyle = accentColour
    for (const [n, corner] of corners.entries()) {
      const next = corners[(n + 1) % corners.length] ?? corner
      const middle = { x: (corner.x + next.x) / 2, y: (corner.y + next.y) / 2 }
      for (const { x, y } of [corner, middle]) {
        context.fillRect(x - handleSide / 2, y - handleSide / 2, handleSide, handleSide)
      }
    }
  }

  let listening = new AbortController()
  watch(
    canvas,
    (element) => {
      listening.abort()
      if (element === null) return
      listening = new AbortController()
      element.addEventListener(
        'pointermove',
        (event) => {
          const grip = held?.grip ?? gripAt(outline.value, { x: event.offsetX, y: event.offsetY })
          element.style.cursor = grip?.cursor ?? ''
        },
        { signal: listening.signal },
      )
    },
    { immediate: true, flush: 'post' },
  )
  onScopeDispose(() => {
    listening.abort()
  })

  return { outline, begin, isHeld: () => held !== null, drag, end, draw }
}

function trace(context: CanvasRenderingContext2D, corners: readonly OutlineCorner[]): void {
  for (const [n, { x, y }] of corners.entries()) {
    if (n === 0) context.moveTo(x, y)
    else context.lineTo(x, y)
  }
  if (corners.length > 0) context.closePath()
}
