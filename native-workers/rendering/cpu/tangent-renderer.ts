import { type Camera } from '../../contract/files/camera.js'
import { type Matrix4 } from '../../contract/matrix.js'
import { type GreyPicture } from '../../imaging/picture/area-resample.js'
import { type DrrRenderer, rowsPerItem } from './drr-renderer.js'
import { jacobianJob } from './jacobian-job.js'
import { jobBytes, pixelFloats, pixelImage, pixelValid, writeJob } from './job-layout.js'
import { type TwistFrame } from './ray-geometry.js'
import { task } from './render-threads.js'
import { type Pointer } from './shared-arena.js'

/** A DRR and its derivatives to a rigid twist of the volume. */
export interface TangentPicture extends GreyPicture {
  /** Per pixel: rotation (per rad, 3), translation (per mm, 3), in the axes of the twist. */
  readonly derivatives: Float32Array
}

export const derivativesPerPixel = 6

/** Renders DRRs of one size with their derivatives; holds its buffers in the renderer's memory. */
export class TangentRenderer {
  readonly #renderer: DrrRenderer
  readonly #level: number
  readonly #stepVoxels: number
  readonly #job: Pointer
  readonly #valid: Pointer
  readonly #out: Pointer

  /**
   * Allocates until the caller releases the arena to a mark taken before.
   * @param valid 1 where a pixel is to be rendered, row-major, at the size of every camera rendered with
   */
  constructor(renderer: DrrRenderer, level: number, valid: Uint8Array, stepVoxels = 1) {
    const { arena } = renderer.threads
    this.#renderer = renderer
    this.#level = level
    this.#stepVoxels = stepVoxels
    this.#job = arena.allocate(jobBytes)
    this.#valid = arena.allocate(valid.length)
    this.#out = arena.allocate(valid.length * pixelFloats * 4)
    arena.bytes(this.#valid, valid.length).set(valid)
  }

  /** Rays that pass through a cut end of the body are invalid beside the pixels that were so from the start. */
  render(camera: Camera, cameraFromVolume: Matrix4, twist: TwistFrame): TangentPicture {
    const { threads } = this.#renderer
    const { width, height } = camera.imageSize
    const request = {
      level: this.#level,
      camera,
      cameraFromVolume,
      twist,
      stepVoxels: this.#stepVoxels,
      valid: this.#valid,
      target: 0,
      out: this.#out,
      rowSums: 0,
    }
    writeJob(threads.arena, this.#job, jacobianJob(this.#renderer, request))
    const items = Math.ceil(height / rowsPerItem)
    threads.run(task.render, this.#job, 0, items, items)
    return this.#read(width, height)
  }

  #read(width: number, height: number): TangentPicture {
    const count = width * height
    const records = this.#renderer.threads.arena.floats(this.#out, count * pixelFloats)
    const pixels = new Float32Array(count)
    const valid = new Uint8Array(count)
    const derivatives = new Float32Array(count * derivativesPerPixel)
    for (let n = 0; n < count; n++) {
      const record = n * pixelFloats
      pixels[n] = records[record + pixelImage]
      valid[n] = records[record + pixelValid]
      // The kernel differentiates to a motion of the camera; the volume moves the other way.
      for (let p = 0; p < derivativesPerPixel; p++)
        derivatives[n * derivativesPerPixel + p] = -records[record + p]
    }
    return { width, height, pixels, valid, derivatives }
  }
}
