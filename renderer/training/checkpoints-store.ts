import { defineStore } from 'pinia'
import { shallowRef, triggerRef } from 'vue'
import type { ReadTrainingOutput } from '../../native-workers/contract/operations/train.js'
import type { WireError } from '../../native-workers/contract/wire-error.js'

/** What is known of a checkpoint's path. */
export type KnownCheckpoint =
  | { readonly kind: 'reading' }
  | { readonly kind: 'read'; readonly output: ReadTrainingOutput }
  | { readonly kind: 'failed'; readonly error: WireError }

/** The checkpoints that the window names, each read once. */
export const useCheckpointsStore = defineStore('checkpoints', () => {
  const known = shallowRef(new Map<string, KnownCheckpoint>())

  function put(path: string, checkpoint: KnownCheckpoint): void {
    known.value.set(path, checkpoint)
    triggerRef(known)
  }

  /** Reads a checkpoint, a training's folder or xvr's `.pth`; again where that failed. */
  async function read(path: string): Promise<KnownCheckpoint> {
    const before = known.value.get(path)
    if (before?.kind === 'read') return before
    put(path, { kind: 'reading' })
    const outcome = await window.isocenter.run('read-training', { path }).promise
    const answer: KnownCheckpoint = outcome.ok
      ? { kind: 'read', output: outcome.output }
      : { kind: 'failed', error: outcome.error }
    put(path, answer)
    return answer
  }

  /** What is known by now; null where nobody has asked. */
  const of = (path: string): KnownCheckpoint | null => known.value.get(path) ?? null

  return { read, of }
})
