import { basename, resolve } from 'node:path'
import { UserError, throwIfCancelled } from '../contract/errors.js'
import { type VolumeSource } from '../contract/operations/sources.js'
import { type VolumeSummary } from '../contract/operations/volume.js'
import { type DecodedVolume } from './decoded-volume.js'
import { readDicomSeries } from './dicom/read-series.js'
import { detectFormat, formatNames, formatOfName, listFolder } from './file-format.js'
import { gridIssues, requireUsableGrid } from './grid-checks.js'
import { readTiffFileStack, readTiffFolderStack } from './tiff-stack.js'
import { type Volume } from './volume.js'
import { readVolumeFile } from './volume-file.js'
import { compactIntegers, requireFiniteVoxels, valueRange } from './voxel-values.js'

async function readFolder(source: VolumeSource, signal?: AbortSignal): Promise<DecodedVolume> {
  const names = await listFolder(source.path)
  if (names.length === 0) {
    throw new UserError(
      'file-unreadable',
      `The folder "${source.path}" holds no files.`,
      'Choose the folder that holds the slices themselves.',
    )
  }
  const tiffNames = names.filter((name) => formatOfName(name) === 'tiff')
  if (tiffNames.length > names.length / 2) return readTiffFolderStack(source, tiffNames, signal)
  return readDicomSeries(source, names, signal)
}

async function decode(source: VolumeSource, signal?: AbortSignal): Promise<DecodedVolume> {
  const format = await detectFormat(source.path)
  throwIfCancelled(signal)
  switch (format) {
    case 'nifti':
    case 'nifti-gz':
    case 'nrrd':
    case 'meta-image':
      return readVolumeFile(source, format, signal)
    case 'tiff':
      return readTiffFileStack(source, signal)
    case 'folder':
      return readFolder(source, signal)
    case 'dicom':
      throw new UserError(
        'format-unsupported',
        `"${basename(source.path)}" is one DICOM file; a volume is the folder that holds all its slices.`,
        'Open the folder of the series.',
      )
    default:
      throw new UserError(
        'format-unsupported',
        `"${basename(source.path)}" (${formatNames[format]}) is not a volume.`,
        'Volumes are read from DICOM folders, NIfTI, NRRD, MHA/MHD and TIFF stacks.',
      )
  }
}

/**
 * Reads a volume from NIfTI, NRRD, MHA/MHD, a DICOM series folder or a TIFF stack. Voxel values after the file's own
 * rescale (HU for CT), geometry in LPS mm float64. Nothing is repaired in silence: what was found stands in
 * `summary.issues`. Errors: `file-not-found`, `file-unreadable`, `file-truncated`, `format-unknown`,
 * `format-unsupported`, `geometry-missing`, `geometry-invalid`, `geometry-unconfirmed`, `values-invalid`, `cancelled`.
 */
export async function readVolume(
  source: VolumeSource,
  signal?: AbortSignal,
): Promise<{ volume: Volume; summary: VolumeSummary }> {
  throwIfCancelled(signal)
  const decoded = await decode(source, signal)
  throwIfCancelled(signal)
  const { grid, voxels } = decoded.volume
  const name = basename(resolve(source.path))
  requireUsableGrid(grid, name)
  requireFiniteVoxels(voxels, grid.size, name)
  const volume: Volume = { grid, voxels: compactIntegers(voxels) }
  return {
    volume,
    summary: {
      name,
      format: decoded.format,
      grid,
      storedType: decoded.storedType,
      valueRange: valueRange(volume.voxels),
      series: [...decoded.series],
      issues: [...decoded.issues, ...gridIssues(grid)],
    },
  }
}
