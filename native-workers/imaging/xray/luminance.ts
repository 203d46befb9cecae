import { type GeometryIssue } from '../../contract/operations/volume.js'
import { type VoxelArray } from '../volume.js'
import { zerosLike } from '../voxel-values.js'

/** Rec. 601 luma of red, green and blue. */
const weights = [0.299, 0.587, 0.114] as const

/**
 * One grey value per pixel from interleaved channels: grey, grey + alpha, RGB or RGBA. Alpha is dropped. Colours become
 * luminance, and an issue says so; grey stored as RGB stays exact and silent.
 */
export function toGrey(values: VoxelArray, channels: number): { grey: VoxelArray; issues: GeometryIssue[] } {
  if (channels === 1) return { grey: values, issues: [] }
  const pixels = values.length / channels
  if (channels === 2) {
    const grey = zerosLike(values, pixels)
    for (let pixel = 0; pixel < pixels; pixel++) grey[pixel] = values[2 * pixel]
    return { grey, issues: [] }
  }
  const grey = new Float32Array(pixels)
  let isColoured = false
  for (let pixel = 0; pixel < pixels; pixel++) {
    const at = pixel * channels
    const [red, green, blue] = [values[at], values[at + 1], values[at + 2]]
    if (red === green && green === blue) grey[pixel] = red
    else {
      isColoured = true
      grey[pixel] = weights[0] * red + weights[1] * green + weights[2] * blue
    }
  }
  return {
    grey,
    issues: isColoured
      ? [{ code: 'note', severity: 'note', message: 'The picture is coloured; its luminance is used.' }]
      : [],
  }
}
