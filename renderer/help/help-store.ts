import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { HelpTab } from './tabs.js'

type HelpState = { readonly kind: 'closed' } | { readonly kind: 'open'; readonly tab: HelpTab }

/** Whether the help is open, and where. */
export const useHelpStore = defineStore('help', () => {
  const state = shallowRef<HelpState>({ kind: 'closed' })
  const isOpen = computed(() => state.value.kind === 'open')

  function open(tab: HelpTab): void {
    state.value = { kind: 'open', tab }
  }

  function close(): void {
    state.value = { kind: 'closed' }
  }

  return { state, isOpen, open, close }
})
