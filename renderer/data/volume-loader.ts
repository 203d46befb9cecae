import type { VolumeGrid } from '../../native-workers/contract/operations/volume.js'
import { graphics } from '../composables/graphics.js'
import type { DisplayVolume, Surface } from './display-volume.js'
import type { VolumeWorkerReply, VolumeWorkerRequest } from './volume-worker-messages.js'

/** Longest side, in voxels, of the copy that surfaces are made from: what the graphics can turn at ease. */
const surfaceSide = graphics.kind === 'hardware' ? 192 : 96

export interface LoadedDisplay {
  readonly display: DisplayVolume
  readonly suggestedThreshold: number
}

export type SurfaceAnswer =
  | { readonly kind: 'made'; readonly surface: Surface }
  /** A newer request took this one's place. */
  | { readonly kind: 'superseded' }
  | { readonly kind: 'failed'; readonly message: string }

/**
 * Reads one display copy and makes surfaces of it on its own worker, so that the window never waits.
 * Surface requests that are outrun by newer ones are dropped.
 */
export class VolumeLoader {
  readonly #worker = new Worker(new URL('./volume.worker.ts', import.meta.url), { type: 'module' })
  #waiting: ((reply: VolumeWorkerReply) => void) | null = null
  #wanted: { threshold: number; resolve: (answer: SurfaceAnswer) => void } | null = null

  constructor() {
    this.#worker.addEventListener('message', (event: MessageEvent<VolumeWorkerReply>) => {
      const waiting = this.#waiting
      this.#waiting = null
      waiting?.(event.data)
      this.#next()
    })
  }

  /** Voxels of the copy at `url`. Throws with the worker's reason when it can't be read. */
  async open(url: string, grid: VolumeGrid): Promise<LoadedDisplay> {
    const reply = await this.#ask({ kind: 'open', url, grid, surfaceSide })
    if (reply.kind !== 'opened') throw new Error(reply.kind === 'failed' ? reply.message : 'Unexpected reply')
    return { display: { grid, voxels: reply.voxels }, suggestedThreshold: reply.suggestedThreshold }
  }

  /** The surface at `threshold`. */
  surface(threshold: number): Promise<SurfaceAnswer> {
    this.#wanted?.resolve({ kind: 'superseded' })
    return new Promise((resolve) => {
      this.#wanted = { threshold, resolve }
      this.#next()
    })
  }

  /**
   * Ends the worker. `voxels` are what it once read: they go with it at once, while the window would hold hundreds of
   * megabytes until it happens to collect its garbage. Nobody may look at them any more.
   */
  dispose(voxels?: Int16Array<ArrayBuffer>): void {
    this.#wanted?.resolve({ kind: 'superseded' })
    this.#wanted = null
    if (voxels !== undefined) this.#worker.postMessage(null, [voxels.buffer])
    this.#worker.terminate()
  }

  #next(): void {
    if (this.#waiting !== null || this.#wanted === null) return
    const { threshold, resolve } = this.#wanted
    this.#wanted = null
    void this.#ask({ kind: 'surface', threshold }).then((reply) => {
      if (reply.kind === 'surface') resolve({ kind: 'made', surface: reply.surface })
      else resolve({ kind: 'failed', message: reply.kind === 'failed' ? reply.message : '' })
    })
  }

  #ask(request: VolumeWorkerRequest): Promise<VolumeWorkerReply> {
    return new Promise((resolve) => {
      this.#waiting = resolve
      this.#worker.postMessage(request)
    })
  }
}
