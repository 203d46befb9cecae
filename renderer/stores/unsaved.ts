import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'

/** Saving the work instead of losing it. */
export interface SavingOffer {
  /** Why it can't be saved now; null when it can. */
  readonly missing: () => string | null
  /** Whether it is saved then. */
  readonly save: () => Promise<boolean>
}

/** Asks before work that is not saved would be lost: one question at a time, in one place for the whole window. */
export const useUnsavedStore = defineStore('unsaved', () => {
  const isAsking = ref(false)
  const isDirty = shallowRef<() => boolean>(() => false)
  const offer = shallowRef<SavingOffer | null>(null)
  let settle: ((mayLose: boolean) => void) | null = null

  /** Whoever holds such work tells whether there is any. */
  function watchOver(hasWork: () => boolean, saving: SavingOffer): void {
    isDirty.value = hasWork
    offer.value = saving
  }

  /** Whether it may be lost: at once where there is none, else as the person answers. */
  function mayLose(): Promise<boolean> {
    if (!isDirty.value()) return Promise.resolve(true)
    settle?.(false)
    isAsking.value = true
    return new Promise((resolve) => {
      settle = resolve
    })
  }

  function answer(discard: boolean): void {
    isAsking.value = false
    settle?.(discard)
    settle = null
  }

  /** Saves it, and goes on where that succeeded; else the question stays. */
  async function save(): Promise<void> {
    if ((await offer.value?.save()) === true) answer(true)
  }

  return { isAsking, offer, hasWork: () => isDirty.value(), watchOver, mayLose, answer, save }
})
