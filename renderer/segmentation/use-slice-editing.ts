import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import { useLabelsStore } from '../stores/labels.js'
import type { SlicePlacement, ScreenPoint } from '../views/slices/use-slice-placement.js'
import type { PaintPlane } from './model/brush.js'
import { useEditingStore } from './store.js'
import { useScissors } from './use-scissors.js'

export interface SliceEditing {
  /** Whether drags of the left button are a tool's. */
  readonly takesDrags: ComputedRef<boolean>
  /** Whether clicks are a tool's. */
  readonly takesClicks: ComputedRef<boolean>
  drag(from: ScreenPoint, to: ScreenPoint): void
  click(at: ScreenPoint): void
  end(): void
  /** The brush's outline under the pointer. */
  draw(context: CanvasRenderingContext2D): void
}

/** The editing tools in one slice view. */
export function useSliceEditing(
  canvas: Readonly<Ref<HTMLElement | null>>,
  plane: () => PaintPlane,
  stepMm: () => number,
  slicePlacement: SlicePlacement,
): SliceEditing {
  const { placement, toPatientMm } = slicePlacement
  const scissors = useScissors(plane, slicePlacement)
  const editing = useEditingStore()
  const labels = useLabelsStore()
  const pointer = shallowRef<ScreenPoint | null>(null)
  const isOwnStroke = ref(false)
  const isPainting = computed(
    () => labels.map !== null && (editing.tool === 'paint' || editing.tool === 'erase'),
  )
  const isCutting = computed(() => labels.map !== null && editing.tool === 'scissors')
  const takesDrags = computed(() => isPainting.value || isCutting.value)
  const takesClicks = computed(() => labels.map !== null && editing.tool !== 'none' && !isCutting.value)

  function paint(at: ScreenPoint): void {
    const pointMm = toPatientMm(at)
    if (pointMm === null) return
    isOwnStroke.value = true
    editing.strokeTo(plane(), pointMm)
  }

  function drag(from: ScreenPoint, to: ScreenPoint): void {
    if (isCutting.value) {
      scissors.drag(from, to)
      return
    }
    if (!isOwnStroke.value) paint(from)
    paint(to)
  }

  function end(): void {
    scissors.end()
    if (!isOwnStroke.value) return
    isOwnStroke.value = false
    void editing.endStroke()
  }

  function click(at: ScreenPoint): void {
    if (isPainting.value) {
      paint(at)
      end()
      return
    }
    const pointMm = toPatientMm(at)
    if (pointMm !== null) void editing.clickIsland(pointMm)
  }

  function draw(context: CanvasRenderingContext2D): void {
    scissors.draw(context)
    if (!isPainting.value || pointer.value === null || placement.value === null) return
    const radius = (editing.brush.diameterMm / 2 / stepMm()) * placement.value.scale
    context.lineWidth = 1.5
    context.strokeStyle = editing.tool === 'erase' ? '#e6e9ec' : labels.colourOf(editing.activeLabel)
    context.beginPath()
    context.arc(pointer.value.x, pointer.value.y, Math.max(1, radius), 0, 2 * Math.PI)
    context.stroke()
  }

  let listening = new AbortController()
  function listen(element: HTMLElement): void {
    listening = new AbortController()
    const { signal } = listening
    element.addEventListener(
      'pointermove',
      (event) => {
        if (isPainting.value) pointer.value = { x: event.offsetX, y: event.offsetY }
      },
      { signal },
    )
    element.addEventListener(
      'pointerleave',
      () => {
        pointer.value = null
      },
      { signal },
    )
  }
  watch(
    canvas,
    (element) => {
      listening.abort()
      if (element !== null) listen(element)
    },
    { immediate: true, flush: 'post' },
  )
  onScopeDispose(() => {
    listening.abort()
  })

  return { takesDrags, takesClicks, drag, click, end, draw }
}
