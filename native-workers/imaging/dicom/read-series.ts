import { basename } from 'node:path'
import { UserError, throwIfCancelled } from '../../contract/errors.js'
import { type Vector2, type Vector3 } from '../../contract/matrix.js'
import { type VolumeSource } from '../../contract/operations/sources.js'
import { type GeometryIssue, type VolumeGrid } from '../../contract/operations/volume.js'
import { add, scale } from '../../geometry/matrix.js'
import { type DecodedVolume } from '../decoded-volume.js'
import { requireManageableSize } from '../grid-checks.js'
import { decodeSlices } from './decode-slices.js'
import { removeDuplicates } from './duplicate-slices.js'
import { type FolderScan, scanDicomFolder } from './folder-scan.js'
import { projectionInWords } from './not-a-volume.js'
import { requireCompletePixelData } from './pixel-data-complete.js'
import { type PlacedStack, placeSlices } from './placed-slices.js'
import { evenDistances, type SliceStack, spaceEvenly, straightenSlices } from './regularize-stack.js'
import { chooseGroup, groupSlices, type SeriesGroup, seriesList } from './series-groups.js'
import { checkStack, type StackFindings } from './stack-checks.js'

/** A series' order in space and what is wrong with it, known from the headers alone. */
export interface CheckedStack {
  readonly stack: PlacedStack
  readonly findings: StackFindings
  readonly pixelSpacingMm: Vector2
  readonly issues: readonly GeometryIssue[]
}

/** A checked series of a folder, and what else the folder holds. */
export interface CheckedSeries extends CheckedStack {
  readonly groups: readonly SeriesGroup[]
}

function pixelSpacing(group: SeriesGroup, name: string, givenMm: Vector3 | undefined): Vector2 {
  const stated = group.slices[0]?.pixelSpacingMm
  if (stated !== undefined && stated[0] > 0 && stated[1] > 0) return stated
  if (givenMm !== undefined) return [givenMm[0], givenMm[1]]
  throw new UserError(
    'geometry-missing',
    `The slices of "${name}" state no pixel spacing.`,
    'Give the spacing (column, row, slice) in millimetres.',
  )
}

function scanIssues({ skipped }: FolderScan): GeometryIssue[] {
  if (skipped.length === 0) return []
  const shown = skipped.slice(0, 3).map(({ name, reason }) => `"${name}" ${reason}`)
  return [
    {
      code: 'note',
      severity: 'note',
      message: `${skipped.length} other files are left out: ${shown.join(', ')}${skipped.length > 3 ? ', ...' : ''}.`,
    },
  ]
}

/**
 * Scans a folder's headers, chooses the series and checks its geometry; no pixels are decoded. Errors:
 * `file-unreadable`, `file-truncated`, `input-invalid` (several series), `format-unsupported`, `geometry-missing`.
 */
export async function checkDicomSeries(
  source: VolumeSource,
  names: readonly string[],
  signal?: AbortSignal,
): Promise<CheckedSeries> {
  const scan = await scanDicomFolder(source.path, names, signal)
  const groups = groupSlices(scan.slices)
  const choice = chooseGroup(source.path, scan, groups, source.seriesUid)
  const checked = await checkSeriesGroup(choice.group, basename(source.path), source.spacingMm)
  return { ...checked, groups, issues: [...choice.issues, ...scanIssues(scan), ...checked.issues] }
}

/**
 * Checks the geometry of slices that form one stack; `name` stands in errors. Errors: `format-unsupported`,
 * `geometry-missing`, `geometry-invalid`.
 */
export async function checkSeriesGroup(
  group: SeriesGroup,
  folder: string,
  spacingMm?: Vector3,
): Promise<CheckedStack> {
  const projection = projectionInWords(group)
  if (projection !== null) {
    throw new UserError(
      'format-unsupported',
      `"${folder}" holds ${projection}.`,
      'Open the file itself as an X-ray.',
    )
  }
  if (group.slices.some(({ frames }) => frames > 1)) {
    throw new UserError(
      'format-unsupported',
      `"${folder}" holds a multi-frame DICOM object, which can't be read as a volume yet.`,
      'Convert it to NIfTI, or export the series as single slices.',
    )
  }
  if (group.slices.length < 2) {
    throw new UserError(
      'format-unsupported',
      `"${folder}" holds a single slice ("${group.slices[0]?.name ?? ''}"); a volume needs at least two.`,
      'Choose the folder that holds all slices of the series.',
    )
  }
  const pixelSpacingMm = pixelSpacing(group, folder, spacingMm)
  const placed = placeSlices(group.slices)
  const unique = await removeDuplicates(placed.slices)
  const stack = { ...placed, slices: unique.slices }
  if (stack.slices.length < 2) {
    throw new UserError(
      'geometry-invalid',
      `All slices of "${folder}" lie at the same place.`,
      'Choose another series: this one is no volume.',
    )
  }
  const findings = checkStack(stack, Math.min(...pixelSpacingMm))
  return {
    stack,
    findings,
    pixelSpacingMm,
    issues: [...placed.issues, ...unique.issues, ...findings.issues],
  }
}

/** Blocking findings stop here unless a person has accepted them. Errors: `geometry-unconfirmed`. */
export function requireConfirmedGeometry(issues: readonly GeometryIssue[], source: VolumeSource): void {
  const blocking = issues.filter(({ severity }) => severity === 'blocking')
  if (blocking.length === 0 || source.acceptGeometry) return
  throw new UserError(
    'geometry-unconfirmed',
    blocking.map(({ message }) => message).join(' '),
    'Export the complete series again, or accept the geometry to go on with what is there.',
  )
}

interface RegularStack {
  readonly stack: SliceStack
  readonly stepMm: number
  readonly originMm: Vector3
  readonly issues: GeometryIssue[]
}

/** The distance of slices that are brought to even spacing: that of most neighbours, or of the nearest ones. */
export type EvenStep = 'median' | 'finest'

function regularize(checked: CheckedStack, decoded: SliceStack, evenStep: EvenStep): RegularStack {
  const { stack, findings, pixelSpacingMm } = checked
  const distancesMm = stack.slices.map(({ distanceMm }) => distanceMm)
  const issues: GeometryIssue[] = []
  let slices: SliceStack = decoded
  let originMm = stack.slices[0]?.positionMm ?? [0, 0, 0]
  if (findings.isTilted) {
    const straight = straightenSlices(slices, findings.driftMm, pixelSpacingMm)
    slices = straight
    originMm = add(originMm, scale(stack.alongColumns, straight.originShiftMm[0]))
    originMm = add(originMm, scale(stack.alongRows, straight.originShiftMm[1]))
    issues.push({
      code: 'gantry-tilt',
      severity: 'warning',
      message: `Used: the slices are moved back by their drift (linear interpolation within each slice), on a grid of ${slices.columns} x ${slices.rows} pixels.`,
    })
  }
  if (findings.isEvenlySpaced) {
    return { stack: slices, stepMm: (distancesMm.at(-1) ?? 0) / (distancesMm.length - 1), originMm, issues }
  }
  const steps = distancesMm.slice(1).map((distance, index) => distance - distancesMm[index])
  const even = evenDistances(distancesMm, evenStep === 'finest' ? Math.min(...steps) : findings.stepMm)
  requireManageableSize(
    [slices.columns, slices.rows, even.count],
    slices.voxels.BYTES_PER_ELEMENT,
    'The series',
  )
  issues.push({
    code: 'unequal-spacing',
    severity: 'warning',
    message: `Used: ${distancesMm.length} slices at their true positions, interpolated linearly to ${even.count} slices ${even.stepMm.toFixed(3)} mm apart.`,
  })
  return { stack: spaceEvenly(slices, distancesMm, even.count), stepMm: even.stepMm, originMm, issues }
}

/**
 * Reads one CT or MR series from the files `names` of the folder `source.path`, in HU and LPS mm. Geometry comes from
 * ImagePositionPatient, ImageOrientationPatient and PixelSpacing (DICOM PS3.3 C.7.6.2), never from the decoder. A gap,
 * uneven spacing, tilt, missing positions or conflicting duplicates stop it with `geometry-unconfirmed` until
 * `source.acceptGeometry`; then the slices are brought onto a regular grid at their true positions, and the issues say
 * how. Other errors: those of `checkDicomSeries` and of the decoder, `cancelled`.
 */
export async function readDicomSeries(
  source: VolumeSource,
  names: readonly string[],
  signal?: AbortSignal,
): Promise<DecodedVolume> {
  const checked = await checkDicomSeries(source, names, signal)
  requireConfirmedGeometry(checked.issues, source)
  const decoded = await decodeCheckedStack(checked, basename(source.path), 'median', signal)
  return {
    volume: decoded.volume,
    format: 'DICOM series',
    storedType: decoded.storedType,
    issues: [...checked.issues, ...decoded.issues],
    series: seriesList(checked.groups),
  }
}

/**
 * Decodes a checked stack onto a regular grid: tilt and uneven spacing are corrected, so they have to be accepted
 * before; `issues` say how. Errors: `file-truncated`, `file-unreadable`, `format-unsupported`, `cancelled`.
 */
export async function decodeCheckedStack(
  checked: CheckedStack,
  name: string,
  evenStep: EvenStep,
  signal?: AbortSignal,
): Promise<Pick<DecodedVolume, 'volume' | 'storedType' | 'issues'>> {
  const { stack, pixelSpacingMm } = checked
  const { columns = 0, rows = 0 } = stack.slices[0]?.header ?? {}
  requireManageableSize([columns, rows, stack.slices.length], 2, name)
  for (const { header } of stack.slices) await requireCompletePixelData(header.dataSet)
  throwIfCancelled(signal)
  const { voxels, storedType } = await decodeSlices(stack.slices, signal)
  const regular = regularize(checked, { columns, rows, voxels }, evenStep)
  const { alongColumns: c, alongRows: r, normal: n } = stack
  const grid: VolumeGrid = {
    size: [
      regular.stack.columns,
      regular.stack.rows,
      regular.stack.voxels.length / (regular.stack.columns * regular.stack.rows),
    ],
    spacingMm: [pixelSpacingMm[0], pixelSpacingMm[1], regular.stepMm],
    originMm: regular.originMm,
    direction: [
      [c[0], r[0], n[0]],
      [c[1], r[1], n[1]],
      [c[2], r[2], n[2]],
    ],
  }
  return { volume: { grid, voxels: regular.stack.voxels }, storedType, issues: regular.issues }
}
