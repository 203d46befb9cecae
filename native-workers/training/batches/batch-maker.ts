import { augmented } from '../augmentation/augment.js'
import { writeNetworkInput } from '../augmentation/network-input.js'
import { randomStream } from '../random/random-stream.js'
import { streamKey } from '../random/stream-key.js'
import { type SubjectRenderer } from '../rendering/subject-renderer.js'
import { type BatchSettings, type DataBatch, type RenderedBatch } from './data-batch.js'
import { renderBatch } from './render-batch.js'

/**
 * Makes batches on the calling thread. A rendered batch serves `sampling.reuse` iterations, augmented anew each time;
 * the last one is kept.
 */
export class BatchMaker {
  #rendered: { readonly index: number; readonly batch: RenderedBatch } | undefined

  constructor(
    private readonly renderer: SubjectRenderer,
    private readonly settings: BatchSettings,
  ) {}

  make(index: number): DataBatch {
    const rendered = this.#render(Math.floor(index / this.settings.sampling.reuse))
    const keptCount = rendered.kept.filter((kept) => kept).length
    return {
      ...rendered,
      index,
      xrays: this.#augment(rendered, index),
      sampleWeights: Float32Array.from(rendered.kept, (kept) => (kept ? 1 / keptCount : 0)),
    }
  }

  #render(index: number): RenderedBatch {
    if (this.#rendered?.index === index) return this.#rendered.batch
    const random = randomStream(this.settings.seed, streamKey.batch, index)
    const batch = renderBatch(this.renderer, this.settings, random)
    this.#rendered = { index, batch }
    return batch
  }

  #augment({ pictures, count, height }: RenderedBatch, index: number): Float32Array {
    const { seed, sampling } = this.settings
    const random = randomStream(seed, streamKey.augmentation, index)
    const pixels = height * height
    const xrays = new Float32Array(count * pixels)
    for (let n = 0; n < count; n++) {
      const clean = pictures.subarray(n * pixels, (n + 1) * pixels)
      const picture = augmented(clean, height, height, sampling.augmentation, random)
      writeNetworkInput(picture, xrays.subarray(n * pixels, (n + 1) * pixels))
    }
    return xrays
  }
}
