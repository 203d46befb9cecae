import type { Vector3 } from '../../../native-workers/contract/matrix.js'
import type { DisplayVolume } from '../../data/display-volume.js'

/** Value of pixels that lie outside the volume. */
export const outsideValue = -32768

type Axis = 0 | 1 | 2

/** The volume's axes that a picture's columns and rows run along, and the third one. */
export interface AlignedAxes {
  readonly column: Axis
  readonly row: Axis
  readonly through: Axis
}

/** A step that leaves its axis by less than this, in voxels a pixel, stays on it over any picture. */
const negligible = 1e-9

function axisOf(step: Vector3): Axis | null {
  const along = ([0, 1, 2] as const).filter((axis) => Math.abs(step[axis]) > negligible)
  return along.length === 1 ? (along[0] ?? null) : null
}

/** The axes of a picture whose steps, in voxels, run along the volume's own; null for an oblique one. */
export function alignedAxes(across: Vector3, along: Vector3): AlignedAxes | null {
  const [column, row] = [axisOf(across), axisOf(along)]
  if (column === null || row === null || column === row) return null
  return { column, row, through: ([0, 1, 2] as const).find((axis) => axis !== column && axis !== row) ?? 0 }
}

/** Where the samples of one axis lie: offsets of both neighbours in the voxels (-1 outside), and the second's share. */
interface Samples {
  readonly near: Int32Array
  readonly far: Int32Array
  readonly share: Float64Array
}

function samplesOf(start: number, step: number, count: number, size: number, stride: number): Samples {
  const samples = {
    near: new Int32Array(count),
    far: new Int32Array(count),
    share: new Float64Array(count),
  }
  for (let n = 0; n < count; n++) {
    const at = start + n * step
    const first = Math.min(Math.max(Math.floor(at), 0), size - 1)
    const isOutside = at < -0.5 || at > size - 0.5
    samples.near[n] = isOutside ? -1 : first * stride
    samples.far[n] = Math.min(first + 1, size - 1) * stride
    samples.share[n] = Math.min(Math.max(at - first, 0), 1)
  }
  return samples
}

/**
 * Trilinear samples into `picture` where its columns and rows run along axes of the volume: each axis is worked out
 * once instead of for every pixel. `start`, `across` and `along` in voxels; as `reslice` otherwise.
 */
export function resliceAligned(
  { voxels, grid: { size } }: DisplayVolume,
  start: Vector3,
  { across, along, column, row, through }: AlignedAxes & { across: Vector3; along: Vector3 },
  { width, height }: { readonly width: number; readonly height: number },
  picture: Int16Array,
): void {
  const strides: Vector3 = [1, size[0], size[0] * size[1]]
  const columns = samplesOf(start[column], across[column], width, size[column], strides[column])
  const rows = samplesOf(start[row], along[row], height, size[row], strides[row])
  const depth = samplesOf(start[through], 0, 1, size[through], strides[through])
  const [front, back, c] = [depth.near[0] ?? -1, depth.far[0] ?? 0, depth.share[0] ?? 0]
  let target = 0
  for (let v = 0; v < height; v++) {
    const [top, bottom, b] = [rows.near[v] ?? -1, rows.far[v] ?? 0, rows.share[v] ?? 0]
    if (front < 0 || top < 0) {
      picture.fill(outsideValue, target, target + width)
      target += width
      continue
    }
    const weights = [(1 - b) * (1 - c), b * (1 - c), (1 - b) * c, b * c] as const
    const [topFront, bottomFront, topBack, bottomBack] = weights
    for (let u = 0; u < width; u++) {
      const left = columns.near[u]
      if (left < 0) {
        picture[target++] = outsideValue
        continue
      }
      const right = columns.far[u]
      const a = columns.share[u]
      let value = 0
      if (topFront > 0) value += topFront * mix(voxels[top + front + left], voxels[top + front + right], a)
      if (bottomFront > 0)
        value += bottomFront * mix(voxels[bottom + front + left], voxels[bottom + front + right], a)
      if (topBack > 0) value += topBack * mix(voxels[top + back + left], voxels[top + back + right], a)
      if (bottomBack > 0)
        value += bottomBack * mix(voxels[bottom + back + left], voxels[bottom + back + right], a)
      picture[target++] = Math.round(value)
    }
  }
}

const mix = (a: number, b: number, share: number): number => a + (b - a) * share
