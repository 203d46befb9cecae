import { type Picture } from '../../contract/progress.js'

/** One example: what the network saw and the DRR where it thinks the camera is, both [height, height]. */
export interface Example {
  readonly input: Float32Array
  /** Null where its answer means no pose. */
  readonly prediction: Float32Array | null
}

/** Inputs over predictions, each stretched to its own grey range; dark lines between. */
export function exampleGrid(examples: readonly Example[], height: number): Picture {
  const gap = 2
  const columns = examples.length
  const gridWidth = columns * height + (columns - 1) * gap
  const gridHeight = 2 * height + gap
  const pixels = new Uint8Array(gridWidth * gridHeight)
  const draw = (picture: Float32Array, left: number, top: number) => {
    const grey = greyscale(picture)
    for (let row = 0; row < height; row++)
      pixels.set(grey.subarray(row * height, (row + 1) * height), (top + row) * gridWidth + left)
  }
  for (const [column, { input, prediction }] of examples.entries()) {
    draw(input, column * (height + gap), 0)
    if (prediction !== null) draw(prediction, column * (height + gap), height + gap)
  }
  return { name: 'training-grid', width: gridWidth, height: gridHeight, pixels }
}

function greyscale(picture: Float32Array): Uint8Array {
  let [low, high] = [Infinity, -Infinity]
  for (const value of picture) {
    if (value < low) low = value
    if (value > high) high = value
  }
  const factor = high > low ? 255 / (high - low) : 0
  return Uint8Array.from(picture, (value) => Math.round((value - low) * factor))
}
