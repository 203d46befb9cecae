import { type Vector3 } from '../../../contract/matrix.js'
import { type VoxelArray } from '../../volume.js'
import { type AxisWeights } from '../axis-weights.js'
import { addWeighted } from './add-weighted.js'

/** Resamples single slices of a volume along i and j, with the memory for that kept. */
export class PlaneResampler {
  readonly outputLength: number
  /** One input row, in the type in which sums are taken. */
  private readonly line: Float64Array
  /** The slice after the pass along i. */
  private readonly rows: readonly Float64Array[]
  private readonly sum: Float64Array

  constructor(
    private readonly inputSize: Vector3,
    private readonly alongI: AxisWeights,
    private readonly alongJ: AxisWeights,
  ) {
    this.outputLength = alongI.outputSize * alongJ.outputSize
    this.line = new Float64Array(inputSize[0])
    this.rows = Array.from({ length: inputSize[1] }, () => new Float64Array(alongI.outputSize))
    this.sum = new Float64Array(alongI.outputSize)
  }

  /** Fills `output` from one slice of `input`, i fastest. */
  resample(input: VoxelArray, slice: number, output: Float32Array): void {
    const { alongJ, line, rows, sum } = this
    const [nx, ny] = this.inputSize
    for (let row = 0; row < ny; row++) {
      const from = nx * (row + ny * slice)
      line.set(input.subarray(from, from + nx))
      gather(line, this.alongI, rows[row])
    }
    for (let row = 0; row < alongJ.outputSize; row++) {
      sum.fill(0)
      const first = alongJ.start[row]
      const weights = alongJ.weights.subarray(row * alongJ.taps, (row + 1) * alongJ.taps)
      addWeighted(sum, weights, (tap) => rows[first + tap])
      output.set(sum, row * sum.length)
    }
  }
}

/** Along the fastest axis: each output sample from its own neighbours. */
function gather(
  line: Float64Array,
  { outputSize, taps, start, weights }: AxisWeights,
  output: Float64Array,
): void {
  for (let sample = 0; sample < outputSize; sample++) {
    const from = start[sample]
    const base = sample * taps
    let sum = 0
    for (let tap = 0; tap < taps; tap++) sum += weights[base + tap] * line[from + tap]
    output[sample] = sum
  }
}
