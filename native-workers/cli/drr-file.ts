import { mkdir } from 'node:fs/promises'
import { basename, dirname, extname } from 'node:path'
import { UserError } from '../contract/errors.js'
import { type Vector2 } from '../contract/matrix.js'
import { outputError } from '../imaging/atomic-write.js'
import {
  toUint16,
  writeFloat32Tiff,
  writeFloatImage,
  writePng,
  type FloatPicture,
} from '../imaging/write-picture.js'

type DrrFormat = 'png' | 'tiff' | 'volume'

const formats: Readonly<Record<string, DrrFormat>> = {
  '.png': 'png',
  '.tif': 'tiff',
  '.tiff': 'tiff',
  '.mha': 'volume',
  '.nrrd': 'volume',
}

/** The format that a file's ending names. Errors: `input-invalid`. */
export function drrFormat(path: string): DrrFormat {
  const format = formats[extname(path).toLowerCase()]
  if (format !== undefined) return format
  throw new UserError(
    'input-invalid',
    `A DRR cannot be written as "${basename(path)}": its ending is not known.`,
    'Use .png (16-bit, scaled), or .tiff, .mha or .nrrd (float32).',
  )
}

/**
 * Writes line integrals; the folder is created where needed. PNG scales them to 0..65535, the other formats keep them.
 * Returns their range. Errors: `output-unwritable`.
 *
 * @param spacingMm the detector's [column, row] pitch, which .mha and .nrrd carry along
 */
export async function writeDrr(
  path: string,
  format: DrrFormat,
  picture: FloatPicture,
  spacingMm: Vector2 | undefined,
): Promise<{ minimum: number; maximum: number }> {
  await mkdir(dirname(path), { recursive: true }).catch((error: unknown) => {
    throw outputError(error, path)
  })
  const { pixels, minimum, maximum } = toUint16(picture)
  if (format === 'png') await writePng(path, { ...picture, pixels })
  else if (format === 'tiff') await writeFloat32Tiff(path, picture)
  else await writeFloatImage(path, picture, spacingMm)
  return { minimum, maximum }
}
