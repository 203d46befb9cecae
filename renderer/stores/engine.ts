import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { EngineStatus } from '../../native-workers/contract/engine-status.js'
import type { AppInfo } from '../../native-workers/contract/window/messages.js'

/** The engine process as the window knows it, and the banner that remains after it was lost. */
export const useEngineStore = defineStore('engine', () => {
  const status = shallowRef<EngineStatus>({ state: 'starting' })
  const appInfo = shallowRef<AppInfo | null>(null)
  /** Why the engine was lost last; kept after a restart until dismissed. */
  const lossReason = ref<string | null>(null)
  const isReady = computed(() => status.value.state === 'ready')

  /** Follows the engine's status until the returned function is called. */
  function connect(): () => void {
    void window.isocenter.appInfo().then((info) => {
      appInfo.value = info
    })
    return window.isocenter.onEngineStatus((next) => {
      status.value = next
      if (next.state === 'lost' || next.state === 'restarting' || next.state === 'stopped') {
        lossReason.value = next.reason
      }
    })
  }

  function dismissLoss(): void {
    lossReason.value = null
  }

  function restart(): Promise<void> {
    return window.isocenter.restartEngine()
  }

  return { status, appInfo, lossReason, isReady, connect, dismissLoss, restart }
})
