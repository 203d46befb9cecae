import { writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { throwIfCancelled, UserError } from '../../contract/errors.js'
import {
  type DicomToNiftiInput,
  type DicomToNiftiOutput,
  type DicomToNiftiReport,
  dicomToNiftiReportSchema,
  type GeometryReport,
} from '../../contract/operations/dicom-to-nifti.js'
import { type GeometryIssue } from '../../contract/operations/volume.js'
import { type Operation, type OperationContext } from '../../contract/progress.js'
import { readDicomDataSet } from '../dicom/data-set.js'
import { type CheckedStack, checkSeriesGroup, decodeCheckedStack } from '../dicom/read-series.js'
import { groupSlices, type SeriesGroup } from '../dicom/series-groups.js'
import { type SliceHeader, sliceHeader } from '../dicom/slice-header.js'
import { gridIssues } from '../grid-checks.js'
import { axisLetters } from '../info/facts.js'
import { componentTypeOf } from '../itk/image-io.js'
import { runRecorded, type StageOutput } from '../provenance/run-recorded.js'
import { fittingIntegers, valueRange } from '../voxel-values.js'
import { writeVolume } from '../write-volume.js'

/**
 * Converts one DICOM series to a volume file, voxels as decoded (rescaled, int16 where they fit), and writes a report
 * of its geometry beside it. A tilted gantry or uneven slices stop it unless their correction is asked for. Errors:
 * `geometry-unconfirmed`, `geometry-missing`, `geometry-invalid`, `format-unsupported`, `input-invalid` (slices of
 * several stacks), `file-truncated`, `file-unreadable`, `output-exists`, `output-unwritable`, `cancelled`.
 */
export const dicomToNifti: Operation<DicomToNiftiInput, DicomToNiftiOutput> = async (input, context) => {
  const { files, folder, name, correctTilt, resampleUneven, format } = input
  const { report, isUpToDate } = await runRecorded(
    {
      operation: 'dicom-to-nifti',
      settings: { correctTilt, resampleUneven, format },
      inputs: files.map((path) => ({ role: 'slice', path })),
      recordPath: join(folder, `${name}.provenance.json`),
      force: input.force,
    },
    dicomToNiftiReportSchema,
    (stage) => convert(input, stage, context),
    context.signal,
  )
  const { volume, geometryFile } = outputPaths(input)
  return { ...report, volume, geometryFile, isUpToDate }
}

const outputPaths = ({ folder, name, format }: DicomToNiftiInput) => ({
  volume: join(folder, `${name}.${format}`),
  geometryFile: join(folder, `${name}.geometry.json`),
})

async function convert(
  input: DicomToNiftiInput,
  stage: StageOutput,
  { signal, onProgress }: OperationContext,
): Promise<DicomToNiftiReport> {
  const say = (message: string, fraction: number) => {
    onProgress({ phase: 'convert', fraction, message, elapsedMs: 0, remainingMs: null })
  }
  const paths = outputPaths(input)
  const [stagedVolume, stagedReport] = [await stage(paths.volume), await stage(paths.geometryFile)]
  say('Checking the geometry', 0)
  const group = await groupOf(input)
  const checked = await checkSeriesGroup(group, input.name)
  requireCorrectable(checked.issues, input)
  throwIfCancelled(signal)
  say(`Decoding ${checked.stack.slices.length} slices`, 0.1)
  const decoded = await decodeCheckedStack(checked, input.name, input.resampleUneven ?? 'median', signal)
  throwIfCancelled(signal)
  say('Writing the volume', 0.7)
  const volume = { grid: decoded.volume.grid, voxels: fittingIntegers(decoded.volume.voxels) }
  await writeVolume(stagedVolume, volume)
  const geometry: GeometryReport = {
    ...seriesFacts(group, checked),
    grid: volume.grid,
    axes: axisLetters(volume.grid),
    storedType: decoded.storedType,
    writtenType: componentTypeOf(volume.voxels),
    valueRange: valueRange(volume.voxels),
    findings: [...checked.issues, ...decoded.issues, ...gridIssues(volume.grid)],
  }
  await writeFile(stagedReport, `${JSON.stringify(geometry, null, 2)}\n`)
  return { ...paths, geometry }
}

async function groupOf({ files, name }: DicomToNiftiInput): Promise<SeriesGroup> {
  const headers: SliceHeader[] = []
  for (const file of files) {
    const header = sliceHeader(await readDicomDataSet(file), basename(file))
    if (header !== null) headers.push(header)
  }
  const [group, ...others] = groupSlices(headers)
  if (group !== undefined && others.length === 0) return group
  throw new UserError(
    'input-invalid',
    `The slices of "${name}" belong to ${others.length + (group === undefined ? 0 : 1)} series.`,
    'Give the slices of one series.',
  )
}

/** What an option of the person's allows to correct. */
const corrections: Partial<Record<GeometryIssue['code'], 'tilt' | 'spacing'>> = {
  'gantry-tilt': 'tilt',
  'unequal-spacing': 'spacing',
  'missing-slice': 'spacing',
}

/** Stops at findings whose correction was not asked for. Errors: `geometry-unconfirmed`. */
function requireCorrectable(
  issues: readonly GeometryIssue[],
  { correctTilt, resampleUneven }: DicomToNiftiInput,
): void {
  const isAllowed = { tilt: correctTilt, spacing: resampleUneven !== undefined }
  const open = issues.filter(({ code, severity }) => {
    const correction = corrections[code]
    return severity === 'blocking' && (correction === undefined || !isAllowed[correction])
  })
  if (open.length === 0) return
  const kinds = new Set(open.map(({ code }) => corrections[code]))
  const hints = [
    ...(kinds.has('tilt') ? ['straighten the slices with --correct-tilt'] : []),
    ...(kinds.has('spacing') ? ['interpolate at the true positions with --resample-uneven'] : []),
    'export the complete series again',
  ]
  const hint = hints.join(', or ')
  throw new UserError(
    'geometry-unconfirmed',
    open.map(({ message }) => message).join(' '),
    `${hint.charAt(0).toUpperCase()}${hint.slice(1)}.`,
  )
}

function seriesFacts(
  { id, slices: [first] }: SeriesGroup,
  { stack }: CheckedStack,
): Pick<
  GeometryReport,
  'schema' | 'seriesUid' | 'description' | 'modality' | 'slices' | 'sliceThicknessMm' | 'statedGantryTiltDeg'
> {
  return {
    schema: 'isocenter/geometry-report@1',
    seriesUid: id,
    description: first.seriesDescription,
    modality: first.modality,
    slices: stack.slices.length,
    sliceThicknessMm: first.sliceThicknessMm ?? null,
    statedGantryTiltDeg: first.gantryTiltDeg ?? null,
  }
}
