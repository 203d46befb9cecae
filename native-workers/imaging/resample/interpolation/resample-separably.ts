import { type Vector3 } from '../../../contract/matrix.js'
import { type VoxelArray } from '../../volume.js'
import { integerRange } from '../../voxel-values.js'
import { type AxisWeights } from '../axis-weights.js'
import { PlaneResampler } from './plane-resampler.js'
import { addWeighted } from './add-weighted.js'

export interface SeparableJob {
  /** i fastest. */
  readonly input: VoxelArray
  readonly inputSize: Vector3
  /** Weights along i, j, k. They may give fewer samples than the output has; the rest, at the far ends, stays. */
  readonly axes: readonly [AxisWeights, AxisWeights, AxisWeights]
  readonly output: VoxelArray
  readonly outputSize: Vector3
}

/**
 * Resamples a volume by weights along each of its axes, slice by slice: beside input and output there are only the
 * slices that one output slice is made of. Sums are taken in double precision; integer outputs are rounded and kept
 * within their type. `afterSlice` is awaited after each output slice.
 */
export async function resampleSeparably(
  { input, inputSize, axes, output, outputSize }: SeparableJob,
  afterSlice: (slice: number) => Promise<void>,
): Promise<void> {
  const [alongI, alongJ, alongK] = axes
  const planes = new RecentPlanes(new PlaneResampler(inputSize, alongI, alongJ), input, alongK.taps)
  const [columns, rows] = [alongI.outputSize, alongJ.outputSize]
  const sum = new Float64Array(columns * rows)
  const range = integerRange(output)
  for (let slice = 0; slice < alongK.outputSize; slice++) {
    sum.fill(0)
    const first = alongK.start[slice]
    const weights = alongK.weights.subarray(slice * alongK.taps, (slice + 1) * alongK.taps)
    addWeighted(sum, weights, (tap) => planes.at(first + tap))
    if (range !== null) roundWithin(sum, range)
    for (let row = 0; row < rows; row++) {
      const at = outputSize[0] * (row + outputSize[1] * slice)
      output.set(sum.subarray(row * columns, (row + 1) * columns), at)
    }
    await afterSlice(slice)
  }
}

function roundWithin(values: Float64Array, [least, greatest]: readonly [number, number]): void {
  for (let index = 0; index < values.length; index++) {
    values[index] = Math.min(greatest, Math.max(least, Math.floor(values[index] + 0.5)))
  }
}

/** The last input slices after resampling in their plane; slices are asked for in rising order. */
class RecentPlanes {
  private readonly planes: { slice: number; pixels: Float32Array }[]

  constructor(
    private readonly resampler: PlaneResampler,
    private readonly input: VoxelArray,
    count: number,
  ) {
    this.planes = Array.from({ length: count }, () => ({
      slice: -1,
      pixels: new Float32Array(resampler.outputLength),
    }))
  }

  at(slice: number): Float32Array {
    const kept = this.planes[slice % this.planes.length]
    if (kept.slice !== slice) {
      this.resampler.resample(this.input, slice, kept.pixels)
      kept.slice = slice
    }
    return kept.pixels
  }
}
