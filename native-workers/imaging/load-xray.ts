import { basename } from 'node:path'
import { UserError } from '../contract/errors.js'
import { type XraySource } from '../contract/operations/sources.js'
import { prepareXray } from './prepare-xray.js'
import { readXray } from './read-xray.js'
import { type PreparedXray, type XrayImage } from './xray-image.js'

/**
 * Reads a mask picture: pixels above 0 are valid. Errors: those of `readXray`, and `input-invalid` unless it has the
 * X-ray's size.
 */
export async function loadXrayMask(path: string, image: XrayImage): Promise<Uint8Array> {
  const { width, height, pixels } = await readXray(path, 0)
  if (width !== image.width || height !== image.height) {
    throw new UserError(
      'input-invalid',
      `The mask "${basename(path)}" has ${width} x ${height} pixels, but the X-ray has ${image.width} x ${image.height}.`,
      'A mask needs the size of the uncropped X-ray.',
    )
  }
  return Uint8Array.from(pixels, (value) => (value > 0 ? 1 : 0))
}

/** Reads and prepares an X-ray as its source describes. Errors: those of `readXray`, `loadXrayMask`, `prepareXray`. */
export async function loadXray(source: XraySource): Promise<{ image: XrayImage; prepared: PreparedXray }> {
  const image = await readXray(source.path, source.frame)
  const mask = source.maskPath === undefined ? undefined : await loadXrayMask(source.maskPath, image)
  return { image, prepared: prepareXray(image, source.preprocessing, mask) }
}
