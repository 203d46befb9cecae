/** A row-major picture read right to left. */
export function reverseColumns(pixels: Float32Array, width: number): Float32Array {
  const reversed = Float32Array.from(pixels)
  for (let start = 0; start < pixels.length; start += width) reversed.subarray(start, start + width).reverse()
  return reversed
}
