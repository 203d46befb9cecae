import { UserError } from '../contract/errors.js'
import { type Preprocessing } from '../contract/operations/sources.js'
import { automaticMask } from './automatic-mask/automatic-mask.js'
import { type PreparedXray, type XrayImage } from './xray-image.js'

interface Crop {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

function centreCrop({ width, height }: XrayImage, crop: number): Crop {
  if (crop >= Math.min(width, height)) {
    throw new UserError(
      'input-invalid',
      `A crop of ${crop} pixels leaves nothing of an X-ray of ${width} x ${height}.`,
      'The crop is the number of pixels removed per dimension, half on each side.',
    )
  }
  const left = Math.floor(crop / 2)
  return { left, top: left, width: width - crop, height: height - crop }
}

function cropped<Values extends Float32Array | Uint8Array>(
  source: Values,
  sourceWidth: number,
  { left, top, width, height }: Crop,
  target: Values,
): Values {
  for (let y = 0; y < height; y++) {
    const from = (top + y) * sourceWidth + left
    target.set(source.subarray(from, from + width), y * width)
  }
  return target
}

/** Scales so that the valid pixels span 0..1; others are clamped into it. A constant image becomes 0. */
function scaleToUnit(pixels: Float32Array, valid: Uint8Array): void {
  let [least, greatest] = [Infinity, -Infinity]
  for (let index = 0; index < pixels.length; index++) {
    if (valid[index] === 0) continue
    if (pixels[index] < least) least = pixels[index]
    if (pixels[index] > greatest) greatest = pixels[index]
  }
  const factor = greatest > least ? 1 / (greatest - least) : 0
  for (let index = 0; index < pixels.length; index++) {
    pixels[index] = Math.min(1, Math.max(0, (pixels[index] - least) * factor))
  }
}

/** The commonest of values in 0..1, at 16-bit resolution. */
function mode(pixels: Float32Array, valid: Uint8Array): number {
  const counts = new Uint32Array(65536)
  for (let index = 0; index < pixels.length; index++) {
    if (valid[index] === 1) counts[Math.round(pixels[index] * 65535)]++
  }
  let commonest = 0
  for (let bin = 1; bin < counts.length; bin++) if (counts[bin] > counts[commonest]) commonest = bin
  return commonest / 65535
}

function transform(pixels: Float32Array, change: (value: number) => number): void {
  for (let index = 0; index < pixels.length; index++) pixels[index] = change(pixels[index])
}

/** Least share of the brightest exposure that counts as signal, and the same in steps of whole stored values. */
const darkest = { share: 5e-4, steps: 2 } as const

/**
 * Exposure to line integrals by Beer and Lambert: -ln of the exposure over the largest valid one. What gets through
 * least is limited by `floor`, since the logarithm would blow its noise up.
 */
function linearize(pixels: Float32Array, valid: Uint8Array, floor: number): void {
  let greatest = 0
  for (let index = 0; index < pixels.length; index++) {
    if (valid[index] === 1) greatest = Math.max(greatest, pixels[index])
  }
  const logarithm = Math.log(greatest + floor)
  transform(pixels, (value) => logarithm - Math.log(Math.max(0, value) + floor))
}

/** The floor for an exposure scaled to 1: coarser where values are stored in coarse steps. */
function darkestExposure(stored: Float32Array, greatest: number): number {
  const whole = stored.every(Number.isInteger)
  return whole && greatest > 0 ? Math.max(darkest.share, darkest.steps / greatest) : darkest.share
}

/** Scales an exposure so that the brightest valid pixel is 1 and no exposure stays 0; false where values are negative. */
function scaleExposure(pixels: Float32Array, valid: Uint8Array): boolean {
  let [least, greatest] = [Infinity, -Infinity]
  for (let index = 0; index < pixels.length; index++) {
    if (valid[index] === 0) continue
    least = Math.min(least, pixels[index])
    greatest = Math.max(greatest, pixels[index])
  }
  if (least < 0 || greatest <= 0) return false
  transform(pixels, (value) => Math.min(1, Math.max(0, value / greatest)))
  return true
}

function requireMask(mask: Uint8Array, { width, height }: XrayImage): void {
  if (mask.length !== width * height) {
    throw new UserError(
      'input-invalid',
      `The mask has ${mask.length} pixels and the X-ray ${width} x ${height}.`,
      'A mask needs the size of the uncropped X-ray.',
    )
  }
}

/**
 * Makes an X-ray comparable with a DRR (bright = more attenuation), after xvr's preprocessing (specification §4.2), in
 * its order: centre crop, scale to 0..1, invert, subtract the background (what is brighter than the commonest value is
 * flattened to it), linearize, scale to 0..1. Unlike xvr, which adds 1 before the logarithm and so flattens what is
 * dense, linearizing follows Beer and Lambert on the exposure itself. Each step is
 * optional and recorded in `notes`. An image whose tags say LOG is not linearized again. Only valid pixels determine
 * scales, mode and maximum. Pure. Errors: `input-invalid`, `values-invalid` (no valid pixels).
 * @param mask replaces the automatic mask; 1 = valid, at the size of the uncropped image
 */
export function prepareXray(image: XrayImage, preprocessing: Preprocessing, mask?: Uint8Array): PreparedXray {
  const notes: string[] = []
  const crop = centreCrop(image, preprocessing.crop)
  const { left, top, width, height } = crop
  const pixels = cropped(image.pixels, image.width, crop, new Float32Array(width * height))
  if (preprocessing.crop > 0) {
    notes.push(`Cropped by ${preprocessing.crop} pixels per dimension to ${width} x ${height}.`)
  }
  const isLogarithmic = image.tags.pixelIntensityRelationship === 'LOG'
  const linearizes = preprocessing.linearize && !isLogarithmic
  if (preprocessing.linearize && isLogarithmic) {
    notes.push(
      'Not linearized: the X-ray is stated to be logarithmic already (Pixel Intensity Relationship LOG).',
    )
  }

  let valid: Uint8Array = new Uint8Array(width * height).fill(1)
  if (mask !== undefined) {
    requireMask(mask, image)
    valid = cropped(mask, image.width, crop, valid)
    notes.push('The given mask is used.')
  } else if (preprocessing.autoMask) {
    // Bone becomes bright at the end; an odd number of reversals on the way means that it is dark now.
    const automatic = automaticMask(pixels, width, height, preprocessing.invert === linearizes)
    valid = new Uint8Array(automatic.valid)
    notes.push(...automatic.notes)
  }
  if (!valid.includes(1)) {
    throw new UserError('values-invalid', 'The mask leaves no pixel of the X-ray.', 'Give another mask.')
  }

  const greatest = pixels.reduce(
    (most, value, index) => (valid[index] === 1 ? Math.max(most, value) : most),
    0,
  )
  const floor = darkestExposure(image.pixels, greatest)
  // Zero exposure must stay 0 for the logarithm; anything else takes xvr's range of 0..1.
  if (!linearizes || !scaleExposure(pixels, valid)) scaleToUnit(pixels, valid)
  if (preprocessing.invert) {
    transform(pixels, (value) => 1 - value)
    notes.push('Inverted.')
  }
  if (preprocessing.subtractBackground) {
    const background = mode(pixels, valid)
    transform(pixels, (value) => Math.min(0, Math.max(-1, value - background)) + 1)
    notes.push(`Background subtracted: values above the commonest, ${background.toFixed(3)}, are flattened.`)
  }
  if (linearizes) {
    linearize(pixels, valid, floor)
    notes.push('Linearized: the logarithm turned exposure into line integrals.')
  }
  scaleToUnit(pixels, valid)
  return { width, height, pixels, valid, cropOffset: { left, top }, notes }
}
