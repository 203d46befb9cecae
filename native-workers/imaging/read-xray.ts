import { basename } from 'node:path'
import { UserError } from '../contract/errors.js'
import { type FrameChoice } from '../contract/operations/sources.js'
import { detectFormat, formatNames } from './file-format.js'
import { requireFiniteVoxels } from './voxel-values.js'
import { readDicomXray } from './xray/dicom-xray.js'
import { chooseFrame } from './xray/frames.js'
import { type PictureFormat, readPictureFile } from './xray/picture-file.js'
import { type XrayImage } from './xray-image.js'

async function readPicture(path: string, format: PictureFormat, frame: FrameChoice): Promise<XrayImage> {
  const { width, height, frames, values, issues, spacingMm } = await readPictureFile(path, format)
  return {
    width,
    height,
    pixels: chooseFrame(values, width * height, frame, basename(path)),
    tags: { frames, ...(spacingMm === undefined ? {} : { pixelSpacingMm: spacingMm }) },
    detectorPitchMm: spacingMm,
    issues,
    format: formatNames[format],
  }
}

async function decode(path: string, frame: FrameChoice): Promise<XrayImage> {
  const format = await detectFormat(path)
  switch (format) {
    case 'dicom':
      return readDicomXray(path, frame)
    case 'png':
    case 'jpeg':
    case 'tiff':
    case 'nrrd':
    case 'meta-image':
    case 'nifti':
    case 'nifti-gz':
      return readPicture(path, format, frame)
    default:
      throw new UserError(
        'format-unsupported',
        `"${basename(path)}" (${formatNames[format]}) is not an X-ray.`,
        'X-rays are read from DICOM, PNG, TIFF and JPEG files.',
      )
  }
}

/**
 * Reads an X-ray: DICOM (rescale and MONOCHROME1 applied), PNG, TIFF or JPEG (grey values as stored; colours as
 * luminance), 2D NRRD, MetaImage or NIfTI. `frame` chooses from several frames or pages. Errors: `file-not-found`,
 * `file-unreadable`, `file-truncated`, `format-unknown`, `format-unsupported`, `input-invalid`, `values-invalid`.
 */
export async function readXray(path: string, frame: FrameChoice = 0): Promise<XrayImage> {
  const image = await decode(path, frame)
  requireFiniteVoxels(image.pixels, [image.width, image.height, 1], basename(path))
  return image
}
