import { mkdir } from 'node:fs/promises'
import { basename, dirname, extname } from 'node:path'
import { UserError } from '../contract/errors.js'
import { type Camera } from '../contract/files/camera.js'
import { sourceToDetectorMm } from '../geometry/camera.js'
import { outputError } from './atomic-write.js'
import { writeSecondaryCapture } from './secondary-capture/write-secondary-capture.js'
import { type FloatPicture, toUint16, writeFloat32Tiff, writeFloatImage, writePng } from './write-picture.js'

export type DrrFormat = 'png' | 'dicom' | 'tiff' | 'volume'

const formats: Readonly<Record<string, DrrFormat>> = {
  '.png': 'png',
  '.dcm': 'dicom',
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
    'Use .png (16-bit, scaled), .dcm (16-bit, with geometry), or .tiff, .mha or .nrrd (float32).',
  )
}

/**
 * Writes line integrals with what the format can carry of the geometry; the folder is created where needed. PNG and DICOM
 * scale them to 16 bits, the others keep them. Returns their range. Errors: `output-unwritable`.
 *
 * @param derivation how the picture was made, for formats that can say it
 */
export async function writeDrr(
  path: string,
  format: DrrFormat,
  picture: FloatPicture,
  camera: Camera,
  derivation: string,
): Promise<{ minimum: number; maximum: number }> {
  await mkdir(dirname(path), { recursive: true }).catch((error: unknown) => {
    throw outputError(error, path)
  })
  const { pixels, minimum, maximum } = toUint16(picture)
  switch (format) {
    case 'png':
      await writePng(path, { ...picture, pixels })
      break
    case 'tiff':
      await writeFloat32Tiff(path, picture)
      break
    case 'volume':
      await writeFloatImage(path, picture, camera.pixelSpacingMm)
      break
    case 'dicom':
      await writeSecondaryCapture(path, {
        picture,
        pixelSpacingMm: camera.pixelSpacingMm,
        sourceToDetectorMm: sourceToDetectorMm(camera) ?? undefined,
        seriesDescription: 'Digitally reconstructed radiograph',
        derivation,
      })
  }
  return { minimum, maximum }
}
