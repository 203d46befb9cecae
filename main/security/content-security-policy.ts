import { schemes } from '../../native-workers/contract/window/channels.js'

/** Sent with every page of the window. Styles are inline because the component library sets them at run time. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  `img-src 'self' data: blob: ${schemes.data}:`,
  `media-src ${schemes.data}:`,
  "font-src 'self' data:",
  `connect-src 'self' ${schemes.data}:`,
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')
