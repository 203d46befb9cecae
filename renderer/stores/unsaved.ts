import { defineStore } from 'pinia'
import { ref } from 'vue'

/** Asks before work that is not saved would be lost: one question at a time, in one place for the whole window. */
export const useUnsavedStore = defineStore('unsaved', () => {
  const isAsking = ref(false)
  let isDirty: () => boolean = () => false
  let settle: ((mayLose: boolean) => void) | null = null

  /** Whoever holds such work tells whether there is any. */
  function watchOver(hasWork: () => boolean): void {
    isDirty = hasWork
  }

  /** Whether it may be lost: at once where there is none, else as the person answers. */
  function mayLose(): Promise<boolean> {
    if (!isDirty()) return Promise.resolve(true)
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

  return { isAsking, watchOver, mayLose, answer }
})
