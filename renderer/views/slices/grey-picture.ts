import type { WindowLevel } from '../../stores/views.js'

/** Int16 values through a linear window as RGBA pixels; values at or below the window's foot are black. */
export function greyPicture(
  values: Int16Array,
  width: number,
  height: number,
  window: WindowLevel,
): ImageData {
  const picture = new ImageData(width, height)
  const rgba = new Uint32Array(picture.data.buffer)
  const foot = window.centre - window.width / 2
  const gain = 255 / Math.max(window.width, 1)
  for (let i = 0; i < values.length; i++) {
    const grey = Math.min(255, Math.max(0, ((values[i] ?? 0) - foot) * gain)) | 0
    rgba[i] = 0xff000000 | (grey << 16) | (grey << 8) | grey
  }
  return picture
}
