/** An image in square blocks of `blockPixels`, the last ones cut off by its border. */
export interface BlockImage {
  readonly columns: number
  readonly rows: number
  readonly blockPixels: number
  readonly mean: Float32Array
  /** Largest minus smallest value of each block. */
  readonly spread: Float32Array
}

/** Longest edge, in blocks, at which borders are looked for. */
const longestEdgeBlocks = 320

/** Means and spreads over blocks, so many that the longer edge has at most 320. */
export function blockImage(pixels: Float32Array, width: number, height: number): BlockImage {
  const blockPixels = Math.max(1, Math.ceil(Math.max(width, height) / longestEdgeBlocks))
  const columns = Math.ceil(width / blockPixels)
  const rows = Math.ceil(height / blockPixels)
  const mean = new Float32Array(columns * rows)
  const spread = new Float32Array(columns * rows)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let sum = 0
      let least = Infinity
      let greatest = -Infinity
      const endY = Math.min(height, (row + 1) * blockPixels)
      const endX = Math.min(width, (column + 1) * blockPixels)
      for (let y = row * blockPixels; y < endY; y++) {
        for (let x = column * blockPixels; x < endX; x++) {
          const value = pixels[y * width + x]
          sum += value
          if (value < least) least = value
          if (value > greatest) greatest = value
        }
      }
      const index = row * columns + column
      mean[index] = sum / ((endY - row * blockPixels) * (endX - column * blockPixels))
      spread[index] = greatest - least
    }
  }
  return { columns, rows, blockPixels, mean, spread }
}
