import { computed, onScopeDispose, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import type { Vector2 } from '../../native-workers/contract/matrix.js'
import type { Placement } from '../composables/view-transform.js'
import { useXraysStore } from '../stores/xrays.js'
import type { Mask, PixelBox } from './mask.js'
import { useMaskStore } from './mask-store.js'

interface ScreenPoint {
  readonly x: number
  readonly y: number
}

export interface MaskEditing {
  /** Whether drags of the left button paint the mask. */
  readonly isActive: ComputedRef<boolean>
  readonly drag: (from: ScreenPoint, to: ScreenPoint) => void
  readonly click: (at: ScreenPoint) => void
  readonly end: () => void
  /** The tint over what is left out, and the tool. */
  readonly draw: (context: CanvasRenderingContext2D, placement: Placement) => void
}

/** Red, half clear: 0xAABBGGRR. */
const tint = 0x8c4a4ad8

/** Painting the mask in one pane of the X-ray view; `placement` tells how the cropped picture lies on the screen. */
export function useMaskEditing(
  canvas: Readonly<Ref<HTMLElement | null>>,
  placement: () => Placement | null,
): MaskEditing {
  const masks = useMaskStore()
  const xrays = useXraysStore()
  const isActive = computed(() => masks.tool !== 'none' && xrays.active !== null)
  const pointer = shallowRef<ScreenPoint | null>(null)
  /** Where the drag of a rectangle or circle began, and where it is. */
  const span = shallowRef<{ from: ScreenPoint; to: ScreenPoint } | null>(null)
  let layer: { mask: Mask; canvas: OffscreenCanvas } | null = null

  const offset = (): number => Math.floor((xrays.active?.source.preprocessing.crop ?? 0) / 2)

  function toPixel({ x, y }: ScreenPoint): Vector2 | null {
    const placed = placement()
    if (placed === null) return null
    const { left, top, scale } = placed
    return [(x - left) / scale - 0.5 + offset(), (y - top) / scale - 0.5 + offset()]
  }

  function drag(from: ScreenPoint, to: ScreenPoint): void {
    pointer.value = to
    if (masks.tool === 'rectangle' || masks.tool === 'circle') {
      span.value = { from: span.value?.from ?? from, to }
      return
    }
    const [a, b] = [toPixel(from), toPixel(to)]
    if (a !== null && b !== null) masks.strokeTo(a, b)
  }

  function click(at: ScreenPoint): void {
    const pixel = toPixel(at)
    if (pixel === null) return
    masks.strokeTo(pixel, pixel)
    masks.endStroke()
  }

  function end(): void {
    masks.endStroke()
    if (span.value === null) return
    const [a, b] = [toPixel(span.value.from), toPixel(span.value.to)]
    span.value = null
    if (a !== null && b !== null) masks.collimate(a, b)
  }

  /** The tinted pixels as a picture; after a stroke only its box is made anew. */
  function tinted(mask: Mask, box: PixelBox | null): OffscreenCanvas {
    const isNew = layer?.mask !== mask
    const present =
      layer !== null && !isNew ? layer : { mask, canvas: new OffscreenCanvas(mask.width, mask.height) }
    layer = present
    const { left, top, width, height } =
      box === null || isNew ? { left: 0, top: 0, width: mask.width, height: mask.height } : box
    const image = new ImageData(width, height)
    const rgba = new Uint32Array(image.data.buffer)
    for (let y = 0; y < height; y++) {
      const start = (top + y) * mask.width + left
      for (let x = 0; x < width; x++) if (mask.valid[start + x] === 0) rgba[y * width + x] = tint
    }
    present.canvas.getContext('2d')?.putImageData(image, left, top)
    return present.canvas
  }

  function draw(context: CanvasRenderingContext2D, { left, top, scale }: Placement): void {
    const { shown } = masks
    if (shown !== null && (masks.isDirty || isActive.value)) {
      const { mask } = shown
      context.imageSmoothingEnabled = false
      context.drawImage(
        tinted(mask, masks.changedBox),
        left - offset() * scale,
        top - offset() * scale,
        mask.width * scale,
        mask.height * scale,
      )
      context.imageSmoothingEnabled = true
    }
    if (isActive.value) drawTool(context, scale)
  }

  function drawTool(context: CanvasRenderingContext2D, scale: number): void {
    context.strokeStyle = '#fff'
    context.lineWidth = 1.5
    context.beginPath()
    if (span.value !== null) {
      const { from, to } = span.value
      if (masks.tool === 'circle') {
        context.arc(from.x, from.y, Math.hypot(to.x - from.x, to.y - from.y), 0, 2 * Math.PI)
      } else {
        context.rect(from.x, from.y, to.x - from.x, to.y - from.y)
      }
    } else if (pointer.value !== null && (masks.tool === 'erase' || masks.tool === 'add')) {
      const { x, y } = pointer.value
      context.arc(x, y, Math.max(1, (masks.diameterPixels / 2) * scale), 0, 2 * Math.PI)
    }
    context.stroke()
  }

  let listening = new AbortController()
  watch(
    canvas,
    (element) => {
      listening.abort()
      listening = new AbortController()
      const { signal } = listening
      element?.addEventListener(
        'pointermove',
        ({ offsetX, offsetY }) => {
          if (isActive.value) pointer.value = { x: offsetX, y: offsetY }
        },
        { signal },
      )
      element?.addEventListener('pointerleave', () => (pointer.value = null), { signal })
    },
    { immediate: true, flush: 'post' },
  )
  onScopeDispose(() => listening.abort())

  return { isActive, drag, click, end, draw }
}
