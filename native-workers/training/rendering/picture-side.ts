/** Reads a picture from right to left; `stride` numbers per pixel. */
export function reversedRows(
  pixels: Float32Array,
  width: number,
  height: number,
  stride = 1,
): Float32Array<ArrayBuffer> {
  const reversed = new Float32Array(pixels.length)
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const from = (row * width + column) * stride
      const to = (row * width + width - 1 - column) * stride
      for (let n = 0; n < stride; n++) reversed[to + n] = pixels[from + n]
    }
  }
  return reversed
}
