import { extname, basename } from 'node:path'
import { UserError } from '../../contract/errors.js'
import { type Camera } from '../../contract/files/camera.js'
import { sourceToDetectorMm } from '../../geometry/camera.js'
import { writeSecondaryCapture } from '../../imaging/secondary-capture/write-secondary-capture.js'
import {
  type FloatPicture,
  toUint16,
  writeFloat32Tiff,
  writeFloatImage,
  writePng,
} from '../../imaging/write-picture.js'

type Format = 'png' | 'dicom' | 'tiff' | 'volume'

const formats: Readonly<Record<string, Format>> = {
  '.png': 'png',
  '.dcm': 'dicom',
  '.tif': 'tiff',
  '.tiff': 'tiff',
  '.mha': 'volume',
  '.nrrd': 'volume',
}

/** The format that a file's ending names. Errors: `input-invalid`. */
export function fineDrrFormat(path: string): Format {
  const format = formats[extname(path).toLowerCase()]
  if (format !== undefined) return format
  throw new UserError(
    'input-invalid',
    `A DRR cannot be written as "${basename(path)}": its ending is not known.`,
    'Use .png (16-bit, scaled), .dcm (16-bit, with geometry), or .tiff, .mha or .nrrd (float32).',
  )
}

/** Writes line integrals with what the format can carry of the geometry. Errors: `output-unwritable`. */
export async function writeFineDrr(
  path: string,
  format: Format,
  picture: FloatPicture,
  camera: Camera,
  derivation: string,
): Promise<void> {
  switch (format) {
    case 'png':
      return writePng(path, { ...picture, pixels: toUint16(picture).pixels })
    case 'tiff':
      return writeFloat32Tiff(path, picture)
    case 'volume':
      return writeFloatImage(path, picture, camera.pixelSpacingMm)
    case 'dicom':
      return writeSecondaryCapture(path, {
        picture,
        pixelSpacingMm: camera.pixelSpacingMm,
        sourceToDetectorMm: sourceToDetectorMm(camera) ?? undefined,
        seriesDescription: 'Digitally reconstructed radiograph',
        derivation,
      })
  }
}
