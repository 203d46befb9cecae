import type { WindowLevel } from '../../stores/views.js'

/** Int16 values through a linear window into RGBA pixels; values at or below the window's foot are black. */
export function paintGreys(pixels: Uint32Array, values: Int16Array, window: WindowLevel): void {
  const foot = window.centre - window.width / 2
  const gain = 255 / Math.max(window.width, 1)
  for (let i = 0; i < values.length; i++) {
    const grey = Math.min(255, Math.max(0, ((values[i] ?? 0) - foot) * gain)) | 0
    pixels[i] = 0xff000000 | (grey << 16) | (grey << 8) | grey
  }
}
