/**
 * Sums over all p x p windows that lie inside the picture, stride 1: (height - p + 1) x (width - p + 1), row-major.
 */
export function windowSums(
  values: ArrayLike<number>,
  width: number,
  height: number,
  p: number,
): Float64Array {
  const table = new Float64Array((width + 1) * (height + 1))
  for (let y = 0; y < height; y++) {
    let row = 0
    for (let x = 0; x < width; x++) {
      row += values[y * width + x]
      table[(y + 1) * (width + 1) + x + 1] = table[y * (width + 1) + x + 1] + row
    }
  }
  const columns = width - p + 1
  const rows = height - p + 1
  const sums = new Float64Array(Math.max(0, columns) * Math.max(0, rows))
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const top = y * (width + 1) + x
      const bottom = (y + p) * (width + 1) + x
      sums[y * columns + x] = table[bottom + p] - table[bottom] - table[top + p] + table[top]
    }
  }
  return sums
}

/** The transpose of `windowSums`: spreads one value per window over the window's pixels. */
export function spreadWindows(
  perWindow: Float64Array,
  width: number,
  height: number,
  p: number,
): Float64Array {
  const paddedWidth = width + p - 1
  const paddedHeight = height + p - 1
  const padded = new Float64Array(paddedWidth * paddedHeight)
  const columns = width - p + 1
  const rows = height - p + 1
  for (let y = 0; y < rows; y++) {
    padded.set(perWindow.subarray(y * columns, (y + 1) * columns), (y + p - 1) * paddedWidth + p - 1)
  }
  return windowSums(padded, paddedWidth, paddedHeight, p)
}
