import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { isSameState } from './same-state.js'

/** What a change belongs to; whatever replaces the thing itself makes its changes pointless. */
export type ChangeScope =
  | 'pose'
  /** Voxels of the label map: their deltas lie in the worker that edits it. */
  | 'labels'
  /** Colours, names and visibility of labels. */
  | 'label-look'
  | 'structures'
  | 'xrays'
  | 'crop'
  | 'transform'
  | 'points'
  | 'settings'
  | 'data'

/**
 * Something that a person did, and the way back. Both directions leave exactly the state that they name, and record
 * nothing themselves.
 */
export interface Change {
  readonly scope: ChangeScope
  /** What was done, as shown beside *Undo*. */
  readonly label: string
  /** Changes of one key that follow each other quickly make one step, such as a drag. */
  readonly mergeKey?: string | undefined
  /** What it led from and to: merged changes that end where they began leave nothing to undo. */
  readonly states?: { readonly from: unknown; readonly to: unknown } | undefined
  readonly undo: () => void | Promise<void>
  readonly redo: () => void | Promise<void>
}

const mergeWithinMs = 700
const longestPast = 300

/** One line of everything that can be undone, whichever part of the window it was done in. */
export const useHistoryStore = defineStore('history', () => {
  const past = shallowRef<readonly Change[]>([])
  const future = shallowRef<readonly Change[]>([])
  /** While a change is being undone or redone nothing else is. */
  const isTravelling = ref(false)
  const locks = shallowRef<readonly (() => string | null)[]>([])
  /** Why nothing may be undone or redone now; null when it may. */
  const locked = computed(
    () => locks.value.map((reason) => reason()).find((reason) => reason !== null) ?? null,
  )
  let isActing = false
  let lastAtMs = -Infinity
  let line = Promise.resolve()

  const nextUndo = computed(() => past.value.at(-1)?.label ?? null)
  const nextRedo = computed(() => future.value.at(-1)?.label ?? null)

  function record(change: Change): void {
    if (isActing) return
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
      ? [...past.value.slice(0, -1), ...merged(previous, change)]
      : [...past.value.slice(1 - longestPast), change]
  }

  /** One change for two, or none where the second takes the first back. */
  function merged(first: Change, second: Change): readonly Change[] {
    const states =
      first.states && second.states ? { from: first.states.from, to: second.states.to } : undefined
    if (states !== undefined && isSameState(states.from, states.to)) return []
    return [{ ...second, undo: first.undo, states }]
  }

  /** Sets something to `to`, and records that `from` is the way back. */
  function assign<Value>(
    about: Pick<Change, 'scope' | 'label' | 'mergeKey'>,
    from: Value,
    to: Value,
    set: (value: Value) => void,
  ): void {
    record({ ...about, states: { from, to }, undo: () => set(from), redo: () => set(to) })
    set(to)
  }

  async function travel(act: () => void | Promise<void>): Promise<void> {
    isTravelling.value = true
    isActing = true
    lastAtMs = -Infinity
    try {
      const rest = act()
      isActing = false
      await rest
    } finally {
      isActing = false
      isTravelling.value = false
    }
  }

  /** One after another: who presses the key twice goes back twice, also while the first step takes its time. */
  function inLine(step: () => Promise<void>): Promise<void> {
    line = line.then(step, step)
    return line
  }

  async function goBack(): Promise<void> {
    const change = past.value.at(-1)
    if (change === undefined || locked.value !== null) return
    past.value = past.value.slice(0, -1)
    future.value = [...future.value, change]
    await travel(change.undo)
  }

  async function goForward(): Promise<void> {
    const change = future.value.at(-1)
    if (change === undefined || locked.value !== null) return
    future.value = future.value.slice(0, -1)
    past.value = [...past.value, change]
    await travel(change.redo)
  }

  const undo = (): Promise<void> => inLine(goBack)
  const redo = (): Promise<void> => inLine(goForward)

  /** Nothing is undone or redone while `reason` tells why not, e.g. while a registration runs. */
  function lockWhile(reason: () => string | null): void {
    locks.value = [...locks.value, reason]
  }

  /** Drops the changes of a thing that was replaced or closed. */
  function forget(scope: ChangeScope): void {
    past.value = past.value.filter((change) => change.scope !== scope)
    future.value = future.value.filter((change) => change.scope !== scope)
  }

  /** Drops the oldest changes of a scope whose way back is forgotten: `count` of them can still be undone. */
  function keepNewest(scope: ChangeScope, count: number): void {
    let surplus = past.value.filter((change) => change.scope === scope).length - count
    if (surplus > 0) past.value = past.value.filter((change) => change.scope !== scope || surplus-- <= 0)
  }

  /** Takes back the record of something that did not come about after all. */
  function withdraw(change: Change): void {
    past.value = past.value.filter((other) => other !== change)
    future.value = future.value.filter((other) => other !== change)
  }

  function clear(): void {
    past.value = []
    future.value = []
  }

  return {
    past,
    future,
    isTravelling,
    locked,
    nextUndo,
    nextRedo,
    record,
    assign,
    undo,
    redo,
    lockWhile,
    forget,
    keepNewest,
    withdraw,
    clear,
  }
})
