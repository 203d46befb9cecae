import { extname } from 'node:path'
import { type Vector2 } from '../../contract/matrix.js'
import { type FileFormat } from '../file-format.js'
import { type FloatPicture, writeFloat32Tiff, writeFloatImage, writePng } from '../write-picture.js'

export interface LosslessForm {
  /** With the dot. */
  readonly ending: '.png' | '.tiff' | '.mha' | '.nrrd' | '.nii.gz'
  /** In words, e.g. "PNG, 16 bits". */
  readonly name: string
}

/** Formats that carry a pixel spacing keep it: float32 of the same format. */
const measuredForms: Partial<Record<FileFormat, LosslessForm>> = {
  'meta-image': { ending: '.mha', name: 'MHA, float32' },
  nrrd: { ending: '.nrrd', name: 'NRRD, float32' },
  nifti: { ending: '.nii.gz', name: 'NIfTI, float32' },
  'nifti-gz': { ending: '.nii.gz', name: 'NIfTI, float32' },
}

/** The form that holds a picture's values exactly: by its source, else PNG for whole numbers of up to 16 bits. */
export function losslessForm(pixels: Float32Array, source: FileFormat): LosslessForm {
  const measured = measuredForms[source]
  if (measured !== undefined) return measured
  let greatest = 0
  for (const value of pixels) {
    if (!Number.isInteger(value) || value < 0 || value > 65535) {
      return { ending: '.tiff', name: 'TIFF, float32' }
    }
    if (value > greatest) greatest = value
  }
  return { ending: '.png', name: greatest <= 255 ? 'PNG, 8 bits' : 'PNG, 16 bits' }
}

/**
 * Writes a picture in the form that its path's ending names; every value stays as it is. Errors: `output-unwritable`.
 * @param spacingMm [column, row], kept by the formats that hold one
 */
export async function writeLosslessPicture(
  path: string,
  picture: FloatPicture,
  { name }: LosslessForm,
  spacingMm: Vector2 | undefined,
): Promise<void> {
  if (extname(path) === '.tiff') return writeFloat32Tiff(path, picture)
  if (extname(path) !== '.png') return writeFloatImage(path, picture, spacingMm)
  const IntegerArray = name === 'PNG, 8 bits' ? Uint8Array : Uint16Array
  return writePng(path, { ...picture, pixels: IntegerArray.from(picture.pixels) })
}
