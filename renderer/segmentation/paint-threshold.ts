import { takesPart, type Threshold } from './model/threshold.js'

/** Part of a picture, in pixels: from the first column and row to before the last. */
export interface PixelBox {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/**
 * Paints what a threshold would take into grey RGBA pixels (0xAABBGGRR): `paint` is 0xBBGGRR. `labels` are those of the
 * picture, `box` the part that takes part.
 */
export function paintThreshold(
  pixels: Uint32Array,
  values: Int16Array,
  labels: Uint16Array,
  width: number,
  threshold: Threshold,
  paint: number,
  box: PixelBox,
): void {
  const { low, high } = threshold
  const painted = 0xff000000 | paint
  for (let v = box.top; v < box.bottom; v++) {
    for (let at = v * width + box.left; at < v * width + box.right; at++) {
      const value = values[at] ?? 0
      if (value >= low && value <= high && takesPart(labels[at] ?? 0, threshold)) pixels[at] = painted
    }
  }
}
