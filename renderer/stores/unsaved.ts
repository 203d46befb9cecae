import { defineStore } from 'pinia'
import { computed, shallowReactive, shallowRef } from 'vue'

/** Edits of the label map, registrations that lie in no folder, and what a running training has learnt last. */
export type UnsavedKind = 'labels' | 'results' | 'training'

/** Saving the work instead of losing it. */
export interface SavingOffer {
  /** Why it can't be saved now; null when it can. */
  readonly missing: () => string | null
  /** Whether it is saved then. */
  readonly save: () => Promise<boolean>
}

interface Work extends SavingOffer {
  readonly exists: () => boolean
}

/** Asks before work that is not saved would be lost: one question at a time, in one place for the whole window. */
export const useUnsavedStore = defineStore('unsaved', () => {
  const works = shallowReactive(new Map<UnsavedKind, Work>())
  /** What the person is asked about; null while nothing is. */
  const asked = shallowRef<UnsavedKind | null>(null)
  const offer = computed<SavingOffer | null>(() =>
    asked.value === null ? null : (works.get(asked.value) ?? null),
  )
  let settle: ((mayLose: boolean) => void) | null = null

  /** Whoever holds such work tells whether there is any. */
  function watchOver(kind: UnsavedKind, exists: () => boolean, saving: SavingOffer): void {
    works.set(kind, { exists, ...saving })
  }

  /** Whether there is work of these kinds. */
  function hasWork(...kinds: readonly UnsavedKind[]): boolean {
    return kinds.some((kind) => works.get(kind)?.exists() === true)
  }

  /** Whether work of these kinds may be lost: at once where there is none, else as the person answers. */
  async function mayLose(...kinds: readonly UnsavedKind[]): Promise<boolean> {
    for (const kind of kinds) {
      if (hasWork(kind) && !(await ask(kind))) return false
    }
    return true
  }

  function ask(kind: UnsavedKind): Promise<boolean> {
    settle?.(false)
    asked.value = kind
    return new Promise((resolve) => {
      settle = resolve
    })
  }

  function answer(discard: boolean): void {
    asked.value = null
    settle?.(discard)
    settle = null
  }

  /** Saves it, and goes on where that succeeded; else the question stays. */
  async function save(): Promise<void> {
    if ((await offer.value?.save()) === true) answer(true)
  }

  return { asked, offer, hasWork, watchOver, mayLose, answer, save }
})
