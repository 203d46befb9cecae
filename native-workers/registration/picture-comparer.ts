import { type Camera } from '../contract/files/camera.js'
import { type Matrix4 } from '../contract/matrix.js'
import { type GreyPicture } from '../imaging/picture/area-resample.js'
import {
  cellBytes,
  cellGrid,
  comparisonBytes,
  type PictureFilter,
  windowSumsDoubles,
  writeComparison,
} from '../rendering/cpu/comparison-layout.js'
import { type DrrRenderer, rowsPerItem } from '../rendering/cpu/drr-renderer.js'
import { jobBytes, pixelFloats, pixelImage, pixelValid, writeJob } from '../rendering/cpu/job-layout.js'
import { jacobianJob } from '../rendering/cpu/jacobian-job.js'
import { type TwistFrame } from '../rendering/cpu/ray-geometry.js'
import { task } from '../rendering/cpu/render-threads.js'
import { type Pointer } from '../rendering/cpu/shared-arena.js'
import { type MetricChannel } from './metric-channels.js'
import { equationsFromWindow, type NormalEquations, weightedEquations } from './normal-equations.js'
import { filteredTarget } from './filtered-target.js'

/** Epsilon of a local window: (this * standard deviation of the whole picture)^2 (registration recipe §1). */
const epsilonFraction = 0.1
/** Share of a local window's pixels that must be valid. */
const minWindowFraction = 0.6

export interface ComparerOptions {
  /** Camera of exactly `picture`'s size. */
  readonly camera: Camera
  readonly picture: GreyPicture
  /** Index of the renderer's volume level. */
  readonly level: number
  readonly stepVoxels: number
  readonly channels: readonly MetricChannel[]
  /** Windows that disagree by more than about this (in 1 - rho) lose their weight; 0: all count alike. */
  readonly robustScale: number
}

interface ChannelMemory {
  readonly channel: MetricChannel
  readonly pointer: Pointer
  readonly cells: Pointer
  readonly windowRows: Pointer
  readonly columns: number
  readonly rows: number
  readonly windowRowCount: number
  readonly target: Pointer
  readonly targetValid: Pointer
  readonly varianceTarget: number
}

/** Compares one X-ray, at one size, with DRRs of any pose; holds its buffers in the renderer's memory. */
export class PictureComparer {
  readonly #renderer: DrrRenderer
  readonly #options: ComparerOptions
  readonly #job: Pointer
  readonly #out: Pointer
  readonly #rowSums: Pointer
  readonly #target: Pointer
  readonly #valid: Pointer
  readonly #comparisons: Pointer
  readonly #channels: readonly ChannelMemory[]

  /** Allocates until the caller releases the arena to a mark taken before. */
  constructor(renderer: DrrRenderer, options: ComparerOptions) {
    this.#renderer = renderer
    this.#options = options
    const { arena } = renderer.threads
    const { width, height, pixels, valid } = options.picture
    this.#job = arena.allocate(jobBytes)
    this.#out = arena.allocate(width * height * pixelFloats * 4)
    this.#rowSums = arena.allocate(height * 5 * 4)
    this.#target = arena.allocate(width * height * 4)
    this.#valid = arena.allocate(width * height)
    arena.floats(this.#target, pixels.length).set(pixels)
    arena.bytes(this.#valid, valid.length).set(valid)
    this.#comparisons = arena.allocate(comparisonBytes * options.channels.length)
    this.#channels = options.channels.map((channel, index) =>
      this.#allocateChannel(channel, this.#comparisons + index * comparisonBytes),
    )
  }

  /** The loss 0..2 (1 - similarity) at a pose, with its derivatives to a twist of the volume. */
  evaluate(cameraFromVolume: Matrix4, twist: TwistFrame): NormalEquations {
    const { threads } = this.#renderer
    const { height } = this.#options.picture
    this.#writeJob(cameraFromVolume, twist)
    const items = Math.ceil(height / rowsPerItem)
    threads.run(task.render, this.#job, 0, items, items)
    const sums = this.#pictureSums()
    this.#writeComparisons(sums, () => 0)
    const cellItems = Math.max(...this.#channels.map(({ rows }) => rows))
    threads.run(task.cells, 0, this.#comparisons, cellItems * this.#channels.length, cellItems)
    this.#writeComparisons(sums, ({ channel, pointer }) => {
      const [count, sum, squares] = threads.totalMoments(pointer)
      const variance = count > 0 ? Math.max(0, squares / count - (sum / count) ** 2) : 0
      return channel.cellPixels === 0 ? variance * 1e-9 : variance * epsilonFraction ** 2
    })
    const windowItems = Math.max(...this.#channels.map(({ windowRowCount }) => windowRowCount))
    threads.run(task.windows, 0, this.#comparisons, windowItems * this.#channels.length, windowItems)
    return this.#collect(sums.count)
  }

  /** The picture of the last evaluation, and which of its pixels were compared. */
  lastPicture(): GreyPicture {
    const { width, height } = this.#options.picture
    const count = width * height
    const records = this.#renderer.threads.arena.floats(this.#out, count * pixelFloats)
    const pixels = new Float32Array(count)
    const valid = new Uint8Array(count)
    for (let n = 0; n < count; n++) {
      pixels[n] = records[n * pixelFloats + pixelImage]
      valid[n] = records[n * pixelFloats + pixelValid]
    }
    return { width, height, pixels, valid }
  }

  #allocateChannel(channel: MetricChannel, pointer: Pointer): ChannelMemory {
    const { arena } = this.#renderer.threads
    const { picture } = this.#options
    const { columns, rows, windowRows } = cellGrid(picture.width, picture.height, channel.cellPixels)
    const { target, valid, variance } = this.#targetFor(channel.filter)
    return {
      channel,
      pointer,
      cells: arena.allocate(columns * rows * cellBytes),
      windowRows: arena.allocate(windowRows * windowSumsDoubles * 8),
      columns,
      rows,
      windowRowCount: windowRows,
      target,
      targetValid: valid,
      varianceTarget: variance,
    }
  }

  #targetFor(filter: PictureFilter): { target: Pointer; valid: Pointer; variance: number } {
    const { arena } = this.#renderer.threads
    const filtered = filteredTarget(this.#options.picture, filter)
    if (filter === 'none') return { target: this.#target, valid: this.#valid, variance: filtered.variance }
    const target = arena.allocate(filtered.pixels.length * 4)
    const valid = arena.allocate(filtered.valid.length)
    arena.floats(target, filtered.pixels.length).set(filtered.pixels)
    arena.bytes(valid, filtered.valid.length).set(filtered.valid)
    return { target, valid, variance: filtered.variance }
  }

  #writeJob(cameraFromVolume: Matrix4, twist: TwistFrame): void {
    const { camera, level, stepVoxels } = this.#options
    const request = {
      level,
      camera,
      cameraFromVolume,
      twist,
      stepVoxels,
      valid: this.#valid,
      target: this.#target,
      out: this.#out,
      rowSums: this.#rowSums,
    }
    writeJob(this.#renderer.threads.arena, this.#job, jacobianJob(this.#renderer, request))
  }

  #pictureSums(): { count: number; meanTarget: number; meanImage: number } {
    const { height } = this.#options.picture
    const rows = this.#renderer.threads.arena.floats(this.#rowSums, height * 5)
    let [count, target, image] = [0, 0, 0]
    for (let row = 0; row < height; row++) {
      count += rows[5 * row]
      target += rows[5 * row + 1]
      image += rows[5 * row + 2]
    }
    return count > 0
      ? { count, meanTarget: target / count, meanImage: image / count }
      : { count, meanTarget: 0, meanImage: 0 }
  }

  #writeComparisons(
    sums: { meanTarget: number; meanImage: number },
    epsilonImage: (memory: ChannelMemory) => number,
  ): void {
    const { arena } = this.#renderer.threads
    for (const memory of this.#channels) {
      const { channel } = memory
      const plain = channel.filter === 'none'
      writeComparison(arena, memory.pointer, {
        job: this.#job,
        filter: channel.filter,
        cellPixels: channel.cellPixels,
        columns: memory.columns,
        rows: memory.rows,
        cells: memory.cells,
        windowRows: memory.windowRows,
        target: memory.target,
        targetValid: memory.targetValid,
        meanTarget: plain ? sums.meanTarget : 0,
        meanImage: plain ? sums.meanImage : 0,
        epsilonTarget: memory.varianceTarget * (channel.cellPixels === 0 ? 1e-9 : epsilonFraction ** 2),
        epsilonImage: epsilonImage(memory),
        robustScale: channel.cellPixels === 0 ? 0 : this.#options.robustScale,
        minValidFraction: channel.cellPixels === 0 ? 0 : minWindowFraction,
      })
    }
  }

  #collect(validPixels: number): NormalEquations {
    const { width, height } = this.#options.picture
    const validFraction = validPixels / (width * height)
    return weightedEquations(
      this.#channels.map(({ channel, windowRows, windowRowCount }) => ({
        weight: channel.weight,
        equations: equationsFromWindow(this.#windowTotals(windowRows, windowRowCount), validFraction),
      })),
    )
  }

  #windowTotals(pointer: Pointer, rows: number): Float64Array {
    const all = this.#renderer.threads.arena.doubles(pointer, rows * windowSumsDoubles)
    const totals = new Float64Array(windowSumsDoubles)
    for (let n = 0; n < all.length; n++) totals[n % windowSumsDoubles] += all[n]
    return totals
  }
}
