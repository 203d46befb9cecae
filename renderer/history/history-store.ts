import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'

/** What a change belongs to; whatever replaces the thing itself makes its changes pointless. */
export type ChangeScope = 'pose' | 'labels' | 'crop' | 'transform' | 'points' | 'settings' | 'data'

/** Something that a person did, and the way back. Both directions leave exactly the state that they name. */
export interface Change {
  readonly scope: ChangeScope
  /** What was done, as shown beside *Undo*. */
  readonly label: string
  /** Changes of one key that follow each other quickly make one step, such as a drag. */
  readonly mergeKey?: string
  readonly undo: () => void | Promise<void>
  readonly redo: () => void | Promise<void>
}

const mergeWithinMs = 700
const longestPast = 300

/** One line of everything that can be undone, whichever part of the window it was done in. */
export const useHistoryStore = defineStore('history', () => {
  const past = shallowRef<readonly Change[]>([])
  const future = shallowRef<readonly Change[]>([])
  /** While a change is being undone or redone nothing else is, and nothing is recorded. */
  const isTravelling = ref(false)
  let lastAtMs = -Infinity

  const nextUndo = computed(() => past.value.at(-1)?.label ?? null)
  const nextRedo = computed(() => future.value.at(-1)?.label ?? null)

  function record(change: Change): void {
    if (isTravelling.value) return
    const now = performance.now()
    const previous = past.value.at(-1)
    const merges =
      previous !== undefined &&
      change.mergeKey !== undefined &&
      previous.mergeKey === change.mergeKey &&
      previous.scope === change.scope &&
      now - lastAtMs < mergeWithinMs
    lastAtMs = now
    future.value = []
    past.value = merges
      ? [...past.value.slice(0, -1), { ...change, undo: previous.undo }]
      : [...past.value.slice(1 - longestPast), change]
  }

  async function travel(act: () => void | Promise<void>): Promise<void> {
    isTravelling.value = true
    lastAtMs = -Infinity
    try {
      await act()
    } finally {
      isTravelling.value = false
    }
  }

  async function undo(): Promise<void> {
    const change = past.value.at(-1)
    if (change === undefined || isTravelling.value) return
    past.value = past.value.slice(0, -1)
    future.value = [...future.value, change]
    await travel(change.undo)
  }

  async function redo(): Promise<void> {
    const change = future.value.at(-1)
    if (change === undefined || isTravelling.value) return
    future.value = future.value.slice(0, -1)
    past.value = [...past.value, change]
    await travel(change.redo)
  }

  /** Drops the changes of a thing that was replaced or closed. */
  function forget(scope: ChangeScope): void {
    past.value = past.value.filter((change) => change.scope !== scope)
    future.value = future.value.filter((change) => change.scope !== scope)
  }

  function clear(): void {
    past.value = []
    future.value = []
  }

  return { past, future, isTravelling, nextUndo, nextRedo, record, undo, redo, forget, clear }
})
