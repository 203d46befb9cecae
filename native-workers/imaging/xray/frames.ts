import { UserError } from '../../contract/errors.js'
import { type FrameChoice } from '../../contract/operations/sources.js'
import { type VoxelArray } from '../volume.js'

/**
 * One picture out of several of `framePixels` values each: a frame by its index from 0, or the maximum or mean over
 * all. Errors: `input-invalid` for an index that does not exist.
 */
export function chooseFrame(
  values: VoxelArray,
  framePixels: number,
  frame: FrameChoice,
  name: string,
): Float32Array {
  const frames = values.length / framePixels
  if (typeof frame === 'number') {
    if (frame >= frames) {
      throw new UserError(
        'input-invalid',
        `"${name}" has ${frames} ${frames === 1 ? 'frame' : 'frames'}, so there is no frame ${frame}.`,
        `Frames count from 0 to ${frames - 1}.`,
      )
    }
    return Float32Array.from(values.subarray(frame * framePixels, (frame + 1) * framePixels))
  }
  const result = new Float64Array(framePixels).fill(frame === 'max' ? -Infinity : 0)
  for (let index = 0; index < values.length; index++) {
    const pixel = index % framePixels
    if (frame === 'mean') result[pixel] += values[index] / frames
    else if (values[index] > result[pixel]) result[pixel] = values[index]
  }
  return Float32Array.from(result)
}
