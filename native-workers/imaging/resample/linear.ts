import { type Matrix4 } from '../../contract/matrix.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { invertAffine, multiply4 } from '../../geometry/matrix.js'
import { lpsFromIndex, type Volume, type VoxelArray } from '../volume.js'

/** Which samples of a row lie inside the source, and its position there; reused from row to row. */
interface Span {
  first: number
  last: number
}

/** Trilinear sampling of one volume on another's grid, through an affine map between their LPS millimetres. */
export interface LinearResampling {
  readonly source: Volume
  readonly target: VolumeGrid
  readonly sourceFromTarget: Matrix4
  /** Voxels of `target`, i fastest. Whole-number types are rounded. */
  readonly output: VoxelArray
  /** Value where the source has none. */
  readonly outsideValue: number
}

/**
 * Fills the slices `kStart <= k < kEnd` of the output. As in ITK the source reaches half a voxel beyond the centres of
 * its outermost voxels, which are repeated there.
 */
export function resampleLinear(task: LinearResampling, kStart: number, kEnd: number): void {
  const { source, target, sourceFromTarget, output, outsideValue } = task
  const sourceIndexFromIndex = multiply4(
    invertAffine(lpsFromIndex(source.grid)),
    sourceFromTarget,
    lpsFromIndex(target),
  )
  const [rowI, rowJ, rowK] = sourceIndexFromIndex
  const [nx, ny, nz] = source.grid.size
  const { voxels } = source
  const isWhole = !(output instanceof Float32Array || output instanceof Float64Array)
  const [tx, ty] = target.size
  const slice = nx * ny
  const span: Span = { first: 0, last: 0 }
  for (let k = kStart; k < kEnd; k++) {
    for (let j = 0; j < ty; j++) {
      const startI = rowI[1] * j + rowI[2] * k + rowI[3]
      const startJ = rowJ[1] * j + rowJ[2] * k + rowJ[3]
      const startK = rowK[1] * j + rowK[2] * k + rowK[3]
      span.first = 0
      span.last = tx - 1
      clip(span, startI, rowI[0], nx)
      clip(span, startJ, rowJ[0], ny)
      clip(span, startK, rowK[0], nz)
      const base = tx * (j + ty * k)
      if (span.first > span.last) {
        output.fill(outsideValue, base, base + tx)
        continue
      }
      output.fill(outsideValue, base, base + span.first)
      output.fill(outsideValue, base + span.last + 1, base + tx)
      for (let i = span.first; i <= span.last; i++) {
        const x = clamped(startI + rowI[0] * i, nx - 1)
        const y = clamped(startJ + rowJ[0] * i, ny - 1)
        const z = clamped(startK + rowK[0] * i, nz - 1)
        const xi = x | 0
        const yi = y | 0
        const zi = z | 0
        const fx = x - xi
        const fy = y - yi
        const fz = z - zi
        const a = xi + nx * yi + slice * zi
        const dx = xi + 1 < nx ? 1 : 0
        const dy = yi + 1 < ny ? nx : 0
        const b = zi + 1 < nz ? a + slice : a
        const near =
          (voxels[a] * (1 - fx) + voxels[a + dx] * fx) * (1 - fy) +
          (voxels[a + dy] * (1 - fx) + voxels[a + dy + dx] * fx) * fy
        const far =
          (voxels[b] * (1 - fx) + voxels[b + dx] * fx) * (1 - fy) +
          (voxels[b + dy] * (1 - fx) + voxels[b + dy + dx] * fx) * fy
        const value = near * (1 - fz) + far * fz
        output[base + i] = isWhole ? Math.round(value) : value
      }
    }
  }
}

/** Rounding must not turn a grid's own edge into outside. */
const edgeTolerance = 1e-6

/** Narrows `span` to the samples whose coordinate lies within half a voxel of the axis' `size` voxels. */
function clip(span: Span, start: number, step: number, size: number): void {
  const least = -0.5 - edgeTolerance
  const greatest = size - 0.5 + edgeTolerance
  if (Math.abs(step) < 1e-12) {
    if (start < least || start > greatest) span.last = -1
    return
  }
  const [a, b] = [(least - start) / step, (greatest - start) / step]
  span.first = Math.max(span.first, Math.ceil(Math.min(a, b)))
  span.last = Math.min(span.last, Math.floor(Math.max(a, b)))
}

const clamped = (value: number, greatest: number): number =>
  value < 0 ? 0 : value > greatest ? greatest : value
