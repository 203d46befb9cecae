import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { decode } from 'tiff'
import { UserError, throwIfCancelled } from '../contract/errors.js'
import { type VolumeSource } from '../contract/operations/sources.js'
import { type GeometryIssue } from '../contract/operations/volume.js'
import { type DecodedVolume } from './decoded-volume.js'
import { requireManageableSize, requireScalarVolume } from './grid-checks.js'
import { undecodableError } from './input-file.js'
import { bytesOfComponent, type DecodedImage } from './itk/decoded-image.js'
import { readItkImage } from './itk/image-io.js'
import { type VoxelArray } from './volume.js'
import { zerosLike } from './voxel-values.js'

const pageOrder: GeometryIssue = {
  code: 'missing-position',
  severity: 'note',
  message:
    'A TIFF stack carries no position: the first voxel lies at (0, 0, 0) and columns, rows and pages run along left, posterior, superior.',
}

/** Width and height of every page. Errors: `file-unreadable`. */
async function pageSizes(path: string): Promise<{ width: number; height: number }[]> {
  const bytes = await readFile(path)
  try {
    return decode(bytes, { ignoreImageData: true }).map(({ width, height }) => ({ width, height }))
  } catch {
    throw undecodableError(path, 'TIFF')
  }
}

async function requireEqualPages(path: string): Promise<void> {
  const pages = await pageSizes(path)
  const odd = pages.findIndex(({ width, height }) => width !== pages[0]?.width || height !== pages[0].height)
  if (odd < 0) return
  throw new UserError(
    'format-unsupported',
    `Page ${odd + 1} of "${basename(path)}" has another size than page 1.`,
    'A volume needs pages of one size.',
  )
}

function requireSpacing({ spacingMm, path }: VolumeSource): [number, number, number] {
  if (spacingMm === undefined) {
    throw new UserError(
      'geometry-missing',
      `"${basename(path)}" is a TIFF stack, which carries no voxel spacing.`,
      'Give the spacing (column, row, slice) in millimetres.',
    )
  }
  if (spacingMm.some((spacing) => !(spacing > 0))) {
    throw new UserError(
      'geometry-invalid',
      'The voxel spacing must be greater than zero.',
      'Check the numbers.',
    )
  }
  return [...spacingMm]
}

function stackOf(
  source: VolumeSource,
  sizes: readonly number[],
  image: DecodedImage,
  voxels: VoxelArray,
  issues: GeometryIssue[],
): DecodedVolume {
  const spacingMm = requireSpacing(source)
  return {
    volume: {
      grid: {
        size: [sizes[0] ?? 1, sizes[1] ?? 1, sizes[2] ?? 1],
        spacingMm,
        originMm: [0, 0, 0],
        direction: [
          [1, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
        ],
      },
      voxels,
    },
    format: 'TIFF stack',
    storedType: image.componentType,
    issues,
    series: [],
  }
}

/**
 * Reads a TIFF with many pages as a volume, page by page along k; every compression that libtiff knows. Errors:
 * `geometry-missing` without a spacing, `format-unsupported`, `file-unreadable`.
 */
export async function readTiffFileStack(source: VolumeSource, signal?: AbortSignal): Promise<DecodedVolume> {
  const name = basename(source.path)
  const information = await readItkImage(source.path, 'tiff', true)
  requireScalarVolume(information.sizes, information.components, name)
  requireManageableSize(information.sizes, bytesOfComponent(information.componentType), name)
  requireSpacing(source)
  await requireEqualPages(source.path)
  throwIfCancelled(signal)
  const image = await readItkImage(source.path, 'tiff')
  return stackOf(source, image.sizes, image, image.pixels, [pageOrder])
}

/** Reads a folder of single-page TIFFs as a volume, in the numeric order of their names. Errors as above. */
export async function readTiffFolderStack(
  source: VolumeSource,
  names: readonly string[],
  signal?: AbortSignal,
): Promise<DecodedVolume> {
  const folder = basename(source.path)
  requireSpacing(source)
  const [firstName = ''] = names
  const first = await readItkImage(join(source.path, firstName), 'tiff')
  const sizes = [...first.sizes.slice(0, 2), names.length]
  requireScalarVolume(sizes, first.components, folder)
  requireManageableSize(sizes, bytesOfComponent(first.componentType), folder)
  const pagePixels = first.pixels.length
  const voxels = zerosLike(first.pixels, pagePixels * names.length)
  for (const [page, name] of names.entries()) {
    throwIfCancelled(signal)
    const image = await readItkImage(join(source.path, name), 'tiff')
    if (
      image.pixels.length !== pagePixels ||
      image.sizes[0] !== first.sizes[0] ||
      image.componentType !== first.componentType
    ) {
      throw new UserError(
        'format-unsupported',
        `"${name}" has another size or pixel type than "${firstName}".`,
        'A TIFF stack needs pictures of one size and type.',
      )
    }
    voxels.set(image.pixels, page * pagePixels)
  }
  const order: GeometryIssue = {
    code: 'note',
    severity: 'note',
    message: `The slices are stacked in the order of their names, from "${firstName}" to "${names.at(-1) ?? ''}".`,
  }
  return stackOf(source, sizes, first, voxels, [pageOrder, order])
}
