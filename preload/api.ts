import type { WindowBridge } from '../native-workers/contract/window/bridge.js'

declare global {
  interface Window {
    /** All that the window can ask of the program; built by `preload/index.ts`. */
    readonly isocenter: WindowBridge
  }
}

export type {
  RunOptions,
  RunningOperation,
  WindowBridge,
  WindowRequest,
} from '../native-workers/contract/window/bridge.js'
