import type { Vector3 } from '../../../native-workers/contract/matrix.js'
import type { VolumeGrid } from '../../../native-workers/contract/operations/volume.js'
import type { LabelVoxels } from '../../labels/label-map.js'
import type { LabelDelta } from './delta.js'
import { squaredDistancesMm } from './distance.js'
import { connectedComponents } from './islands.js'
import { cutOut, reshaped, type Region } from './region.js'

/** Distances are compared with this much room for rounding. */
const toleranceMm = 1e-3

const voxelsWithin = (mm: number, { spacingMm }: VolumeGrid): Vector3 => [
  Math.ceil(mm / spacingMm[0]) + 1,
  Math.ceil(mm / spacingMm[1]) + 1,
  Math.ceil(mm / spacingMm[2]) + 1,
]

/** Grows a label into the empty space around it by `mm`, or shrinks it where `mm` is negative. */
export function editMargin(
  voxels: LabelVoxels,
  grid: VolumeGrid,
  label: number,
  mm: number,
): LabelDelta | null {
  const region = cutOut(voxels, grid.size, label, voxelsWithin(Math.abs(mm), grid))
  if (region === null) return null
  const reach = (Math.abs(mm) + toleranceMm) ** 2
  const grows = mm > 0
  const distances = squaredDistancesMm(region.mask, region.size, grid.spacingMm, grows ? 1 : 0)
  const mask = region.mask.map((_, at) => ((distances[at] ?? 0) <= reach === grows ? 1 : 0))
  return reshaped(voxels, grid.size, label, { ...region, mask })
}

/** Fills empty space that a label encloses on all sides. */
export function fillHoles(voxels: LabelVoxels, grid: VolumeGrid, label: number): LabelDelta | null {
  const region = cutOut(voxels, grid.size, label)
  if (region === null) return null
  const outside = region.mask.map((value) => 1 - value)
  const { ids, counts } = connectedComponents(outside, region.size)
  const isOpen = counts.map(() => false)
  const [nx, ny, nz] = region.size
  for (let at = 0; at < ids.length; at++) {
    const i = at % nx
    const j = Math.floor(at / nx) % ny
    const k = Math.floor(at / (nx * ny))
    const isBorder = i === 0 || j === 0 || k === 0 || i === nx - 1 || j === ny - 1 || k === nz - 1
    if (isBorder) isOpen[ids[at] ?? 0] = true
  }
  const mask = region.mask.map((value, at) => (value === 1 || !isOpen[ids[at] ?? 0] ? 1 : 0))
  return reshaped(voxels, grid.size, label, { ...region, mask })
}

/** Median over a box that reaches `radiusMm` to each side, at least one voxel: takes off spikes, closes notches. */
export function smooth(
  voxels: LabelVoxels,
  grid: VolumeGrid,
  label: number,
  radiusMm: number,
): LabelDelta | null {
  const radius = (axis: 0 | 1 | 2): number => Math.max(1, Math.round(radiusMm / grid.spacingMm[axis]))
  const radii: Vector3 = [radius(0), radius(1), radius(2)]
  const region = cutOut(voxels, grid.size, label, radii)
  if (region === null) return null
  return reshaped(voxels, grid.size, label, { ...region, mask: median(region, radii) })
}

/** 1 where more than half of the box around a voxel is set; what lies beyond the region counts as not set. */
function median({ mask, size }: Region, radii: Vector3): Uint8Array {
  let sums = Uint32Array.from(mask)
  const strides: Vector3 = [1, size[0], size[0] * size[1]]
  for (const axis of [0, 1, 2] as const) sums = boxSums(sums, size[axis], strides[axis], radii[axis])
  const half = ((2 * radii[0] + 1) * (2 * radii[1] + 1) * (2 * radii[2] + 1)) / 2
  return mask.map((_, at) => ((sums[at] ?? 0) > half ? 1 : 0))
}

function boxSums(
  values: Uint32Array<ArrayBuffer>,
  count: number,
  stride: number,
  radius: number,
): Uint32Array<ArrayBuffer> {
  const sums = new Uint32Array(values.length)
  for (let start = 0; start < values.length; start++) {
    if (Math.floor(start / stride) % count !== 0) continue
    let sum = 0
    for (let q = 0; q < Math.min(radius, count); q++) sum += values[start + q * stride] ?? 0
    for (let q = 0; q < count; q++) {
      if (q + radius < count) sum += values[start + (q + radius) * stride] ?? 0
      if (q - radius - 1 >= 0) sum -= values[start + (q - radius - 1) * stride] ?? 0
      sums[start + q * stride] = sum
    }
  }
  return sums
}
