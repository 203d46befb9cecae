import type { LabelPaints } from '../../labels/label-colours.js'

export interface LabelLook {
  readonly paints: LabelPaints
  /** Share of the colour in the area of a label, 0..1. */
  readonly opacity: number
  readonly hasOutline: boolean
}

/** Share of the colour on a label's edge. */
const outlineShare = 230

/**
 * Paints labels into grey RGBA pixels (0xAABBGGRR): a tint over the area, and a line along the inner edge where the
 * neighbour is painted otherwise. Labels without a paint leave the pixels as they are.
 */
export function paintLabels(
  pixels: Uint32Array,
  labels: Uint16Array,
  width: number,
  { paints, opacity, hasOutline }: LabelLook,
): void {
  const fill = Math.round(opacity * 256)
  const count = labels.length
  for (let i = 0; i < count; i++) {
    const label = labels[i] ?? 0
    if (label === 0) continue
    const paint = paints[label] ?? -1
    if (paint < 0) continue
    const isEdge =
      hasOutline &&
      (paints[labels[i - 1] ?? 0] !== paint ||
        paints[labels[i + 1] ?? 0] !== paint ||
        paints[labels[i - width] ?? 0] !== paint ||
        paints[labels[i + width] ?? 0] !== paint)
    const share = isEdge ? Math.max(outlineShare, fill) : fill
    const grey = ((pixels[i] ?? 0) & 0xff) * (256 - share)
    const red = ((paint & 0xff) * share + grey) >> 8
    const green = (((paint >> 8) & 0xff) * share + grey) >> 8
    const blue = ((paint >> 16) * share + grey) >> 8
    pixels[i] = 0xff000000 | (blue << 16) | (green << 8) | red
  }
}
