import type { ReleaseMemoryInput, ReleaseMemoryOutput } from '../contract/operations/release-memory.js'
import type { Operation } from '../contract/progress.js'
import { forgetVolumes } from '../imaging/volume-cache.js'
import { disposeRenderers } from './volume-renderers.js'

/**
 * Lets go of the volumes and renderers that are kept for the next request, as when a person closes the CT. Whoever
 * still computes with one keeps it until then.
 */
export const releaseMemory: Operation<ReleaseMemoryInput, ReleaseMemoryOutput> = async () => {
  forgetVolumes()
  await disposeRenderers()
  // Freed arrays go back to the system at a collection, for which an idle engine sees no reason.
  globalThis.gc?.()
  return {}
}
