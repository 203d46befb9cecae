import { addNormal } from '../random/normal.js'
import { type RandomStream } from '../random/random-stream.js'
import { equalizeLocally } from './equalize.js'
import { changeGamma, illuminate, invert, normalizeRange, stretchContrast } from './intensity.js'
import { collimate, erase } from './occlusion.js'
import { blur, changeSharpness } from './sharpness.js'

/** One change of a picture in 0..1, in place. */
interface Augmentation {
  readonly name: string
  /** Factor on the training's probability: for what real X-rays show seldom. */
  readonly share: number
  readonly apply: (pixels: Float32Array, width: number, height: number, random: RandomStream) => void
}

const noiseSigma = 0.01

/**
 * xvr's newest list (specification §3.4) in its order, and three of the older one: contrast, illumination and, seldom
 * since X-rays are linearised before the network sees them, inversion.
 */
export const augmentations: readonly Augmentation[] = [
  {
    name: 'contrast',
    share: 0.5,
    apply: (pixels, _width, _height, random) => stretchContrast(pixels, random),
  },
  { name: 'clahe', share: 1, apply: equalizeLocally },
  { name: 'gamma', share: 1, apply: (pixels, _width, _height, random) => changeGamma(pixels, random) },
  { name: 'illumination', share: 0.5, apply: illuminate },
  { name: 'blur', share: 1, apply: blur },
  {
    name: 'noise',
    share: 1,
    apply: (pixels, _width, _height, random) => addNormal(pixels, noiseSigma, random),
  },
  { name: 'sharpness', share: 1, apply: changeSharpness },
  { name: 'inversion', share: 0.1, apply: invert },
  { name: 'erasing', share: 1, apply: erase },
  { name: 'collimation', share: 1, apply: collimate },
]

/**
 * A picture as another machine might have taken it: normalised to 0..1, then each change with its share of
 * `probability`. The picture given stays as it is.
 */
export function augmented(
  picture: Float32Array,
  width: number,
  height: number,
  probability: number,
  random: RandomStream,
): Float32Array<ArrayBuffer> {
  const pixels = new Float32Array(picture)
  normalizeRange(pixels)
  for (const { share, apply } of augmentations)
    if (random.chance(share * probability)) apply(pixels, width, height, random)
  return pixels
}
