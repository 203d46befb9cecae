/**
 * 8-bit grey levels: the valid pixels' range spans 0..255, as the seed's pictures are saved (specification §6.8-9);
 * others are clamped into it. A picture without contrast becomes 0.
 */
export function greyLevels(pixels: Float32Array, valid: Uint8Array): Uint8Array {
  let [least, greatest] = [Infinity, -Infinity]
  for (let n = 0; n < pixels.length; n++) {
    if (valid[n] === 0) continue
    least = Math.min(least, pixels[n])
    greatest = Math.max(greatest, pixels[n])
  }
  const factor = greatest > least ? 255 / (greatest - least) : 0
  return Uint8Array.from(pixels, (value) => Math.round(Math.min(255, Math.max(0, (value - least) * factor))))
}
