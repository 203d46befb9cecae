import { basename } from 'node:path'
import { UserError, throwIfCancelled } from '../contract/errors.js'
import { type Vector3 } from '../contract/matrix.js'
import { type LabelSource } from '../contract/operations/sources.js'
import { type GeometryIssue, type VolumeGrid } from '../contract/operations/volume.js'
import { transformPoint } from '../geometry/matrix.js'
import { labelNumbers, presentLabels } from './present-labels.js'
import { resampleNearest } from './resample/nearest.js'
import { lpsFromIndex, type VoxelArray } from './volume.js'
import { loadVolume } from './volume-cache.js'
import { valueRange } from './voxel-values.js'

export type LabelVoxels = Uint8Array | Uint16Array

/** A label map on a CT's grid, and which labels are meant. */
export interface LabelMap {
  readonly labels: LabelVoxels
  /** The labels asked for, or every label above 0 that the map holds; ascending. */
  readonly structures: readonly number[]
  readonly issues: readonly GeometryIssue[]
}

/** Corners of two grids that lie closer than this share of a voxel belong to the same grid. */
const sameGridTolerance = 0.02

function corners({ size: [nx, ny, nz] }: VolumeGrid): Vector3[] {
  return [0, nx - 1].flatMap((i) => [0, ny - 1].flatMap((j) => [0, nz - 1].map((k): Vector3 => [i, j, k])))
}

/** Whether two grids have the same voxels, up to the rounding of file formats. */
export function isSameGrid(a: VolumeGrid, b: VolumeGrid): boolean {
  if (a.size.some((size, axis) => size !== b.size[axis])) return false
  const toleranceMm = sameGridTolerance * Math.min(...a.spacingMm)
  const [left, right] = [lpsFromIndex(a), lpsFromIndex(b)]
  return corners(a).every((index) => {
    const [p, q] = [transformPoint(left, index), transformPoint(right, index)]
    return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]) <= toleranceMm
  })
}

/**
 * Voxels as labels: whole numbers from 0 to 65535 of any type; 8 or 16 bits as they need. Errors: `labels-invalid`.
 */
export function toLabels(voxels: VoxelArray, name: string): LabelVoxels {
  if (voxels instanceof Uint8Array || voxels instanceof Uint16Array) return voxels
  const [least, greatest] = valueRange(voxels)
  const isFloat = voxels instanceof Float32Array || voxels instanceof Float64Array
  if (least < 0 || greatest > 65535 || (isFloat && !voxels.every(Number.isInteger))) {
    throw new UserError(
      'labels-invalid',
      `"${name}" is no label map: its values must be whole numbers from 0 to 65535, and they lie between ${least} and ${greatest}.`,
      'Choose the segmentation, not the CT.',
    )
  }
  return greatest <= 255 ? Uint8Array.from(voxels) : Uint16Array.from(voxels)
}

const labelsIn = (voxels: LabelVoxels): Set<number> => new Set(labelNumbers(presentLabels(voxels)))

function requireStructures(asked: readonly number[], present: Set<number>, name: string): void {
  if (present.size === 0) {
    throw new UserError(
      'labels-invalid',
      `"${name}" holds no labels above 0.`,
      'Choose another segmentation.',
    )
  }
  const absent = asked.filter((label) => !present.has(label))
  if (absent.length === 0) return
  throw new UserError(
    'labels-invalid',
    `"${name}" holds no voxels of ${absent.length === 1 ? 'label' : 'labels'} ${absent.join(', ')}.`,
    `It holds the labels ${[...present].join(', ')}.`,
  )
}

/**
 * Reads a label map onto a CT's grid. On another grid it is resampled by nearest neighbour in LPS millimetres, and an
 * issue says so. Errors: `labels-invalid` (no label map, a label asked for is absent), `no-overlap` (nothing of the
 * labels lies inside the CT), and those of `readVolume`.
 */
export async function loadLabels(
  source: LabelSource,
  grid: VolumeGrid,
  signal?: AbortSignal,
): Promise<LabelMap> {
  const name = basename(source.path)
  const { volume, summary } = await loadVolume({ path: source.path, acceptGeometry: false }, signal)
  throwIfCancelled(signal)
  const stored = toLabels(volume.voxels, name)
  const present = labelsIn(stored)
  requireStructures(source.structures, present, name)
  const wanted = source.structures.length > 0 ? new Set(source.structures) : present
  const structures = [...wanted].sort((a, b) => a - b)
  if (isSameGrid(volume.grid, grid)) return { labels: stored, structures, issues: [] }
  const labels =
    stored instanceof Uint8Array ? new Uint8Array(voxelCount(grid)) : new Uint16Array(voxelCount(grid))
  resampleNearest({ grid: volume.grid, voxels: stored }, grid, labels)
  const remaining = labelsIn(labels)
  const lost = structures.filter((label) => !remaining.has(label))
  if (lost.length === structures.length) {
    throw new UserError(
      'no-overlap',
      `None of the labels of "${name}" lie inside the CT.`,
      'Check that segmentation and CT belong to the same scan.',
    )
  }
  const issues: GeometryIssue[] = [
    {
      code: 'other-grid',
      severity: 'note',
      message: `"${name}" lies on another grid (${summary.grid.size.join(' x ')} voxels) than the CT (${grid.size.join(' x ')}); it was resampled by nearest neighbour at its place in millimetres.`,
    },
  ]
  if (lost.length > 0) {
    issues.push({
      code: 'other-grid',
      severity: 'warning',
      message: `The labels ${lost.join(', ')} lie outside the CT.`,
    })
  }
  return { labels, structures: structures.filter((label) => remaining.has(label)), issues }
}

const voxelCount = ({ size }: VolumeGrid): number => size[0] * size[1] * size[2]
