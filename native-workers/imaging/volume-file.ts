import { basename } from 'node:path'
import { UserError, throwIfCancelled } from '../contract/errors.js'
import { type VolumeSource } from '../contract/operations/sources.js'
import { type GeometryIssue, type VolumeGrid } from '../contract/operations/volume.js'
import { type DecodedVolume } from './decoded-volume.js'
import { formatNames } from './file-format.js'
import { requireManageableSize, requireScalarVolume } from './grid-checks.js'
import { checkPayloadComplete, type DeclaredPayload } from './headers/declared-payload.js'
import { requireFiniteNifti } from './headers/nifti-finite-values.js'
import { readMetaImageHeader } from './headers/meta-image-header.js'
import { type NiftiHeader, readNiftiHeader } from './headers/nifti-header.js'
import { readNrrdHeader } from './headers/nrrd-header.js'
import { gridOfImage } from './itk/decoded-image.js'
import { readItkImage } from './itk/image-io.js'
import { truncatedError } from './input-file.js'
import { readPlainNifti } from './nifti/plain-nifti.js'
import { lpsFromIndex } from './volume.js'

type VolumeFileFormat = 'nifti' | 'nifti-gz' | 'nrrd' | 'meta-image'

/** Disagreement of two affines over the volume beyond which it is worth a word. */
const affineToleranceMm = 0.01

/** NIfTI holds two affines, and the decoder chooses one; says so when the other places the volume elsewhere. */
function affineIssues({ rasFromIndex, hasQform }: NiftiHeader, grid: VolumeGrid): GeometryIssue[] {
  if (rasFromIndex === null || !hasQform) return []
  const lps = lpsFromIndex(grid)
  const signs = [-1, -1, 1] as const
  let largestMm = 0
  for (const r of [0, 1, 2] as const) {
    const difference = ([0, 1, 2, 3] as const).map((c) => lps[r][c] - signs[r] * rasFromIndex[r][c])
    const overGrid =
      Math.abs(difference[3] ?? 0) +
      grid.size.reduce((sum, n, c) => sum + n * Math.abs(difference[c] ?? 0), 0)
    largestMm = Math.max(largestMm, overGrid)
  }
  if (largestMm <= affineToleranceMm) return []
  return [
    {
      code: 'spacing-conflict',
      severity: 'warning',
      message: `The file states two geometries that differ by up to ${largestMm.toFixed(2)} mm; its qform is used, its sform is not.`,
    },
  ]
}

async function readHeader(path: string, format: VolumeFileFormat): Promise<DeclaredPayload | NiftiHeader> {
  if (format === 'nrrd') return readNrrdHeader(path)
  if (format === 'meta-image') return readMetaImageHeader(path)
  return readNiftiHeader(path, format === 'nifti-gz')
}

/**
 * Reads NIfTI, NRRD or MetaImage in LPS mm, voxel values after the file's own rescale. Size and completeness are checked
 * from the header before anything is decoded. Errors: `file-truncated`, `file-unreadable`, `format-unsupported`,
 * `geometry-missing`.
 */
export async function readVolumeFile(
  source: VolumeSource,
  format: VolumeFileFormat,
  signal?: AbortSignal,
): Promise<DecodedVolume> {
  const { path, spacingMm } = source
  const name = basename(path)
  const header = await readHeader(path, format)
  requireManageableSize(header.sizes, header.bytesPerValue, name)
  await checkPayloadComplete(header)
  if (!header.hasSpacing && spacingMm === undefined) {
    throw new UserError(
      'geometry-missing',
      `"${name}" does not state its voxel spacing.`,
      'Give the spacing (column, row, slice) in millimetres.',
    )
  }
  throwIfCancelled(signal)
  const plain = 'plainType' in header ? await readPlainNifti(header, signal) : null
  const image = plain ?? (await readItkImage(path, format))
  requireScalarVolume(image.sizes, image.components, name)
  // The decoder puts 0 for what is not finite; read plainly, such values are found with all others.
  if (plain === null && 'isFloat' in header && header.isFloat) await requireFiniteNifti(header)
  throwIfCancelled(signal)
  const fileGrid = gridOfImage(image)
  const grid = header.hasSpacing || spacingMm === undefined ? fileGrid : { ...fileGrid, spacingMm }
  const voxelCount = grid.size.reduce((product, size) => product * size, 1)
  if (image.pixels.length !== voxelCount) throw truncatedError(path, voxelCount, image.pixels.length)
  const issues: GeometryIssue[] = 'rasFromIndex' in header ? affineIssues(header, grid) : []
  if (!header.hasOrientation) {
    issues.push({
      code: 'missing-position',
      severity: 'warning',
      message:
        'The file does not say how its axes lie in the patient; they are taken as left, posterior, superior.',
    })
  }
  return {
    volume: { grid, voxels: image.pixels },
    format: formatNames[format],
    storedType: image.componentType,
    issues,
    series: [],
  }
}
