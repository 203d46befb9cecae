import { resolve } from 'node:path'
import {
  gdcmReadImageNode,
  metaReadImageNode,
  niftiReadImageNode,
  nrrdReadImageNode,
  tiffReadImageNode,
  writeImageNode,
} from '@itk-wasm/image-io'
import { Image, ImageType } from 'itk-wasm'
import { UserError } from '../../contract/errors.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { undecodableError } from '../input-file.js'
import { type VoxelArray } from '../volume.js'
import { type DecodedImage, decodedImage } from './decoded-image.js'
import { withQuietConsole } from './quiet-console.js'

/** The formats that itk-wasm decodes for the house. */
export type ItkFormat = 'nifti' | 'nifti-gz' | 'nrrd' | 'meta-image' | 'tiff' | 'dicom'

const readers = {
  nifti: niftiReadImageNode,
  'nifti-gz': niftiReadImageNode,
  nrrd: nrrdReadImageNode,
  'meta-image': metaReadImageNode,
  tiff: tiffReadImageNode,
  dicom: gdcmReadImageNode,
} as const

const names: Readonly<Record<ItkFormat, string>> = {
  nifti: 'NIfTI',
  'nifti-gz': 'NIfTI',
  nrrd: 'NRRD',
  'meta-image': 'MetaImage',
  tiff: 'TIFF',
  dicom: 'DICOM',
}

/**
 * Decodes one file. `informationOnly` reads the header alone and leaves `pixels` empty. itk-wasm throws bare
 * numbers (C++ pointers); they become `file-unreadable`.
 */
export async function readItkImage(
  path: string,
  format: ItkFormat,
  informationOnly = false,
): Promise<DecodedImage> {
  const outcome = await withQuietConsole(() => readers[format](resolve(path), { informationOnly })).catch(
    () => undefined,
  )
  if (outcome?.couldRead !== true) throw undecodableError(path, names[format])
  return decodedImage(outcome.image)
}

const componentTypes = [
  [Int8Array, 'int8'],
  [Uint8Array, 'uint8'],
  [Int16Array, 'int16'],
  [Uint16Array, 'uint16'],
  [Int32Array, 'int32'],
  [Uint32Array, 'uint32'],
  [Float32Array, 'float32'],
  [Float64Array, 'float64'],
] as const

/** The name of an array's element type, e.g. int16. */
export function componentTypeOf(voxels: VoxelArray): (typeof componentTypes)[number][1] {
  return componentTypes.find(([arrayType]) => voxels instanceof arrayType)?.[1] ?? 'float64'
}

/** Encodes a scalar image; the format follows the path's ending. Errors: `output-unwritable`. */
export async function writeItkImage(path: string, grid: VolumeGrid, voxels: VoxelArray): Promise<void> {
  const image = new Image(new ImageType(3, componentTypeOf(voxels), 'Scalar', 1))
  image.size = [...grid.size]
  image.spacing = [...grid.spacingMm]
  image.origin = [...grid.originMm]
  image.direction = new Float64Array(grid.direction.flat())
  // itk-wasm copies the array's whole buffer, so a view on a part of one must be made compact.
  image.data = voxels.byteLength === voxels.buffer.byteLength ? voxels : voxels.slice()
  await withQuietConsole(() => writeImageNode(image, resolve(path), { useCompression: true })).catch(
    (error: unknown) => {
      throw new UserError(
        'output-unwritable',
        `"${path}" could not be written (${error instanceof Error ? error.message : 'the encoder failed'}).`,
        'Check free space and permissions of the folder.',
      )
    },
  )
}
