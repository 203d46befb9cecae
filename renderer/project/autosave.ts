import { shallowRef, type ShallowRef } from 'vue'
import type { Outcome, WireError } from '../../native-workers/contract/wire-error.js'

/** How the newest state of the project stands to the disk. */
export type SaveState =
  | { readonly kind: 'saved'; readonly at: string }
  | { readonly kind: 'pending' }
  | { readonly kind: 'failed'; readonly error: WireError }

export interface Autosave {
  readonly state: Readonly<ShallowRef<SaveState>>
  /** Something changed: it is written soon, however many changes follow meanwhile. */
  readonly touch: () => void
  /** Writes at once what is pending. */
  readonly flush: () => Promise<void>
  /** Begins with a state that is on the disk. */
  readonly begin: (savedAt: string) => void
}

/** A crash may lose this much, and the time of one write. */
const delayMs = 400

/** Writes the state after changes. `save` answers the time of the save. */
export function useAutosave(save: () => Promise<Outcome<string>>): Autosave {
  const state = shallowRef<SaveState>({ kind: 'pending' })
  let timer: ReturnType<typeof setTimeout> | null = null
  let changes = 0
  let writing: Promise<void> = Promise.resolve()

  async function write(): Promise<void> {
    const written = changes
    const outcome = await save()
    if (!outcome.ok) state.value = { kind: 'failed', error: outcome.error }
    else if (written === changes) state.value = { kind: 'saved', at: outcome.output }
  }

  function stop(): void {
    if (timer !== null) clearTimeout(timer)
    timer = null
  }

  // Not put off by further changes: a long drag is saved while it goes on.
  function touch(): void {
    changes++
    state.value = { kind: 'pending' }
    timer ??= setTimeout(() => void flush(), delayMs)
  }

  async function flush(): Promise<void> {
    if (timer !== null) {
      stop()
      writing = write()
    }
    await writing
  }

  function begin(savedAt: string): void {
    stop()
    state.value = { kind: 'saved', at: savedAt }
  }

  return { state, touch, flush, begin }
}
