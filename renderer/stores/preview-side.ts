/** Longest image sides that a moving DRR may have, pixels, coarse to fine. */
const sides = [128, 160, 192, 224, 256] as const
/** Twenty pictures a second, with some room for drawing them. */
const slowMs = 40
/** A finer picture must stay well within that, or the sides would go to and fro. */
const fastMs = 20

export const finestPreviewSide: number = sides[sides.length - 1]

/** The longest side of the next moving DRR, by the time that the last one took from the order to the picture. */
export function nextPreviewSide(side: number, roundTripMs: number): number {
  const at = sides.findIndex((each) => each >= side)
  if (roundTripMs > slowMs) return sides[Math.max(0, at - 1)] ?? side
  if (roundTripMs < fastMs) return sides[Math.min(sides.length - 1, at + 1)] ?? side
  return side
}
