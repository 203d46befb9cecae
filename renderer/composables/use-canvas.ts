import { effect, onMounted, onScopeDispose, shallowRef, useTemplateRef, type ShallowRef } from 'vue'
import { drawSoon, forgetDrawing } from './draw-queue.js'

export interface CanvasSize {
  /** CSS pixels. */
  readonly width: number
  readonly height: number
}

/**
 * A canvas that fills its element at the screen's resolution and is drawn again whenever something that `draw`
 * reads changes, soon (`drawSoon`). `draw` works in CSS pixels on a cleared canvas.
 */
export function useCanvas(
  templateRef: string,
  draw: (context: CanvasRenderingContext2D, size: CanvasSize) => void,
): { canvas: Readonly<ShallowRef<HTMLCanvasElement | null>>; size: ShallowRef<CanvasSize> } {
  const canvas = useTemplateRef<HTMLCanvasElement>(templateRef)
  const size = shallowRef<CanvasSize>({ width: 0, height: 0 })
  const observer = new ResizeObserver(([entry]) => {
    if (entry !== undefined) {
      size.value = { width: entry.contentRect.width, height: entry.contentRect.height }
    }
  })

  const drawing = effect(
    () => {
      const element = canvas.value
      const { width, height } = size.value
      const context = element?.getContext('2d') ?? null
      if (element === null || context === null || width === 0 || height === 0) return
      const ratio = window.devicePixelRatio
      const pixelWidth = Math.round(width * ratio)
      const pixelHeight = Math.round(height * ratio)
      // Setting a canvas' size clears it and costs a new buffer, so only when it changed.
      if (element.width !== pixelWidth || element.height !== pixelHeight) {
        element.width = pixelWidth
        element.height = pixelHeight
      }
      context.setTransform(ratio, 0, 0, ratio, 0, 0)
      context.clearRect(0, 0, width, height)
      draw(context, size.value)
    },
    { scheduler: () => drawSoon(redraw) },
  )
  function redraw(): void {
    // What is read may have come back to what it was.
    if (drawing.effect.dirty) drawing()
  }

  onMounted(() => {
    if (canvas.value !== null) observer.observe(canvas.value)
  })
  onScopeDispose(() => {
    observer.disconnect()
    forgetDrawing(redraw)
  })

  return { canvas, size }
}
