import { SubjectRenderer } from '../rendering/subject-renderer.js'
import { type SubjectVolume } from '../rendering/subject-volume.js'
import { BatchMaker } from './batch-maker.js'
import { type BatchSettings, type BatchSource } from './data-batch.js'

/** Makes every batch when it is asked for, on the calling thread and the renderer's helpers. */
export async function localBatchSource(
  subjects: readonly SubjectVolume[],
  settings: BatchSettings,
  threads: number,
): Promise<BatchSource> {
  const renderer = await SubjectRenderer.create(subjects, settings.detector, threads)
  const maker = new BatchMaker(renderer, settings)
  return {
    batch: (index) => new Promise((resolve) => resolve(maker.make(index))),
    dispose: () => {
      renderer.dispose()
      return Promise.resolve()
    },
  }
}
