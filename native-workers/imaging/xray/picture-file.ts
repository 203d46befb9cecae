import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { convertIndexedToRgb, decode as decodePng } from 'fast-png'
import { decode as decodeJpeg } from 'jpeg-js'
import { UserError } from '../../contract/errors.js'
import { type Vector2 } from '../../contract/matrix.js'
import { type GeometryIssue } from '../../contract/operations/volume.js'
import { type FileFormat } from '../file-format.js'
import { requireManageableSize } from '../grid-checks.js'
import { undecodableError } from '../input-file.js'
import { readItkImage } from '../itk/image-io.js'
import { type VoxelArray } from '../volume.js'
import { toGrey } from './luminance.js'

/** The grey pictures of a file, one after the other. */
export interface PictureFile {
  readonly width: number
  readonly height: number
  readonly frames: number
  readonly values: VoxelArray
  readonly issues: readonly GeometryIssue[]
  /** [column, row] spacing in mm, for formats of measured images. */
  readonly spacingMm?: Vector2
}

export type PictureFormat = Extract<
  FileFormat,
  'png' | 'jpeg' | 'tiff' | 'nrrd' | 'meta-image' | 'nifti' | 'nifti-gz'
>

async function readPng(path: string): Promise<PictureFile> {
  const bytes = await readFile(path)
  const png = (() => {
    try {
      return decodePng(bytes)
    } catch {
      throw undecodableError(path, 'PNG')
    }
  })()
  if (png.palette === undefined && png.depth < 8) {
    throw new UserError(
      'format-unsupported',
      `"${basename(path)}" has only ${png.depth} bits per pixel.`,
      'Save it with 8 or 16 bits per pixel.',
    )
  }
  const values = png.palette === undefined ? png.data : convertIndexedToRgb(png)
  const channels = values.length / (png.width * png.height)
  const { grey, issues } = toGrey(values instanceof Uint16Array ? values : new Uint8Array(values), channels)
  return { width: png.width, height: png.height, frames: 1, values: grey, issues }
}

async function readJpeg(path: string): Promise<PictureFile> {
  const bytes = await readFile(path)
  try {
    const { width, height, data } = decodeJpeg(bytes, { useTArray: true, formatAsRGBA: false })
    return { width, height, frames: 1, ...asValues(toGrey(data, data.length / (width * height))) }
  } catch {
    throw undecodableError(path, 'JPEG')
  }
}

const asValues = ({ grey, issues }: ReturnType<typeof toGrey>) => ({ values: grey, issues })

async function readByItk(path: string, format: Exclude<PictureFormat, 'png' | 'jpeg'>): Promise<PictureFile> {
  const information = await readItkImage(path, format, true)
  requireManageableSize(information.sizes, 8 * information.components, basename(path))
  const image = await readItkImage(path, format)
  const [width = 0, height = 0, ...others] = image.sizes
  const frames = others.reduce((product, size) => product * size, 1)
  if (format !== 'tiff' && frames !== 1) {
    throw new UserError(
      'format-unsupported',
      `"${basename(path)}" is a volume of ${image.sizes.join(' x ')} voxels, not an X-ray.`,
      'Open it as the volume.',
    )
  }
  const hasSpacing = format !== 'tiff'
  return {
    width,
    height,
    frames,
    ...asValues(toGrey(image.pixels, image.components)),
    ...(hasSpacing ? { spacingMm: [image.spacingMm[0] ?? 1, image.spacingMm[1] ?? 1] as const } : {}),
  }
}

/**
 * Reads a picture as grey values as stored: PNG and JPEG, TIFF with one or more pages, and 2D NRRD, MetaImage or NIfTI.
 * Errors: `file-not-found`, `file-unreadable`, `format-unsupported`.
 */
export async function readPictureFile(path: string, format: PictureFormat): Promise<PictureFile> {
  if (format === 'png') return readPng(path)
  if (format === 'jpeg') return readJpeg(path)
  return readByItk(path, format)
}
