/** xvr's transform before its metrics: 0..1 over the valid pixels, then (x - 0.15) / 0.1; epsilon depends on it. */
export function standardisation(
  pixels: Float32Array,
  valid: Uint8Array,
): { readonly slope: number; readonly apply: (value: number) => number } {
  let [low, high] = [Infinity, -Infinity]
  for (let n = 0; n < pixels.length; n++) {
    if (valid[n] === 0) continue
    low = Math.min(low, pixels[n])
    high = Math.max(high, pixels[n])
  }
  const slope = high > low ? 10 / (high - low) : 0
  return { slope, apply: (value) => (slope === 0 ? 0 : (value - low) * slope - 1.5) }
}
