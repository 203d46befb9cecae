import { type ImagePair, type Similarity } from './image-pair.js'
import { patchCorrelation } from './patch-correlation.js'

/** 3x3 Sobel kernels, row-major; x as the reference defines it (left minus right). */
const kernels = [
  [1, 0, -1, 2, 0, -2, 1, 0, -1],
  [1, 2, 1, 0, 0, 0, -1, -2, -1],
] as const

/**
 * gNCC: patch NCC of the Sobel derivatives along x and y, averaged; zero padding at the border (spec §2.1). With a mask
 * a derivative counts where all nine pixels under it are valid.
 */
export function gradientCorrelation(pair: ImagePair, patch: number, epsilon?: number): Similarity {
  const { width, height } = pair
  const gradient = new Float64Array(width * height)
  const valid = pair.valid === undefined ? undefined : erode(pair.valid, width, height)
  let value = 0
  for (const kernel of kernels) {
    const filtered: ImagePair = {
      width,
      height,
      fixed: correlate(pair.fixed, width, height, kernel),
      moving: correlate(pair.moving, width, height, kernel),
      ...(valid === undefined ? {} : { valid }),
    }
    const part = patchCorrelation(filtered, patch, epsilon)
    value += part.value / kernels.length
    // The adjoint of correlation with zero padding is correlation with the reversed kernel.
    const back = correlate(part.gradient, width, height, kernel.toReversed())
    for (let n = 0; n < gradient.length; n++) gradient[n] += back[n] / kernels.length
  }
  return { value, gradient }
}

function correlate(
  values: ArrayLike<number>,
  width: number,
  height: number,
  kernel: readonly number[],
): Float64Array {
  const out = new Float64Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0
      for (let tap = 0; tap < 9; tap++) {
        const u = x + (tap % 3) - 1
        const v = y + Math.floor(tap / 3) - 1
        if (u >= 0 && v >= 0 && u < width && v < height) sum += kernel[tap] * values[v * width + u]
      }
      out[y * width + x] = sum
    }
  }
  return out
}

/** Valid where the pixel and its eight neighbours are. */
function erode(valid: ArrayLike<number>, width: number, height: number): Uint8Array {
  const out = new Uint8Array(width * height)
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      let all = 1
      for (let tap = 0; tap < 9; tap++) {
        if (valid[(y + Math.floor(tap / 3) - 1) * width + x + (tap % 3) - 1] === 0) all = 0
      }
      out[y * width + x] = all
    }
  }
  return out
}
