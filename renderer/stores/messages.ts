import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { WireError } from '../../native-workers/contract/wire-error.js'
import { text as words } from '../text/en.js'

export interface Message {
  readonly id: number
  readonly severity: 'info' | 'success' | 'warning' | 'error'
  readonly text: string
  readonly hint: string
}

/** What the window has to say; the same sentence is shown once. */
export const useMessagesStore = defineStore('messages', () => {
  const messages = ref<Message[]>([])
  let nextId = 1

  function show(severity: Message['severity'], text: string, hint = ''): void {
    messages.value = messages.value.filter((message) => message.text !== text)
    messages.value.push({ id: nextId++, severity, text, hint })
  }

  /** Shows an operation's error; what the person cancelled is no error, and the banner tells why the engine was lost. */
  function showError(error: WireError): void {
    if (error.code === 'engine-lost') show('error', words.engine.jobLost, error.hint)
    else if (error.code !== 'cancelled') show('error', error.message, error.hint)
  }

  function dismiss(id: number): void {
    messages.value = messages.value.filter((message) => message.id !== id)
  }

  function clear(): void {
    messages.value = []
  }

  return { messages, show, showError, dismiss, clear }
})
