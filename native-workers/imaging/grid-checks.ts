import { UserError } from '../contract/errors.js'
import { type GeometryIssue, type VolumeGrid } from '../contract/operations/volume.js'
import { determinant3 } from '../geometry/matrix.js'

/** Largest departure of direction . directionᵀ from the identity; float32 headers round to about 1e-6. */
const orthonormalityTolerance = 1e-3
/** Above this the axes are called oblique; below, it is rounding. */
const obliqueToleranceDeg = 0.01
/** The decoders' 32-bit heap holds the file, the voxels and a copy at once. */
const largestVolumeBytes = 1.5 * 2 ** 30

/** A grid whose spacing or axes can't be used is refused. Errors: `geometry-invalid`. */
export function requireUsableGrid({ spacingMm, originMm, direction }: VolumeGrid, name: string): void {
  const refuse = (reason: string) =>
    new UserError(
      'geometry-invalid',
      `The geometry of "${name}" can't be used: ${reason}.`,
      'Export it again.',
    )
  if (![...spacingMm, ...originMm, ...direction.flat()].every(Number.isFinite)) {
    throw refuse('it holds values that are not numbers')
  }
  if (spacingMm.some((spacing) => spacing <= 0)) {
    throw refuse(`its voxel spacing is ${spacingMm.join(' x ')} mm`)
  }
  for (const a of [0, 1, 2] as const) {
    for (const b of [0, 1, 2] as const) {
      const product = direction.reduce((sum, row) => sum + row[a] * row[b], 0)
      if (Math.abs(product - (a === b ? 1 : 0)) > orthonormalityTolerance) {
        throw refuse('its axes are not at right angles to each other')
      }
    }
  }
}

/** What is worth knowing of a usable grid: a left-handed or oblique set of axes. */
export function gridIssues({ direction }: VolumeGrid): GeometryIssue[] {
  const issues: GeometryIssue[] = []
  if (determinant3(direction) < 0) {
    issues.push({
      code: 'left-handed',
      severity: 'note',
      message: 'The voxel axes form a left-handed set; positions in millimetres are right all the same.',
    })
  }
  const leastLargest = Math.min(...direction.map((row) => Math.max(...row.map(Math.abs))))
  const obliqueDeg = (Math.acos(Math.min(1, leastLargest)) * 180) / Math.PI
  if (obliqueDeg > obliqueToleranceDeg) {
    issues.push({
      code: 'oblique',
      severity: 'note',
      message: `The voxel axes are turned by up to ${obliqueDeg.toFixed(1)}° against the patient's axes; this is taken into account.`,
    })
  }
  return issues
}

/** Refuses a volume too large to be decoded before any of it is allocated. Errors: `format-unsupported`. */
export function requireManageableSize(sizes: readonly number[], bytesPerVoxel: number, name: string): void {
  const bytes = sizes.reduce((product, size) => product * size, bytesPerVoxel)
  if (bytes <= largestVolumeBytes) return
  throw new UserError(
    'format-unsupported',
    `"${name}" is too large: ${sizes.join(' x ')} voxels need ${(bytes / 2 ** 30).toFixed(1)} GiB, and at most ${(largestVolumeBytes / 2 ** 30).toFixed(1)} GiB can be read.`,
    'Crop it to the region that the X-ray shows, or resample it to a coarser grid.',
  )
}

/**
 * The three sizes of a scalar 3D image; a fourth axis of one is dropped. Errors: `format-unsupported` for pictures
 * (2D), time series (4D) and colour or vector images.
 */
export function requireScalarVolume(sizes: readonly number[], components: number, name: string): void {
  const refuse = (what: string, hint: string) =>
    new UserError('format-unsupported', `"${name}" is not a volume: ${what}.`, hint)
  if (components !== 1) {
    throw refuse(
      `it holds ${components} values per voxel (colour or vectors)`,
      'Save one channel as a scalar volume.',
    )
  }
  if (sizes.slice(3).some((size) => size > 1)) {
    throw refuse(
      `it is ${sizes.length}D (${sizes.join(' x ')})`,
      'Save one time point or channel as a 3D volume.',
    )
  }
  if (sizes.length < 3 || sizes.slice(0, 3).some((size) => size < 2)) {
    throw refuse(
      `it is a single 2D picture (${sizes.join(' x ')})`,
      'Open X-rays as X-rays; a volume needs at least two slices.',
    )
  }
}
