import { encodeVideo } from './encode-video.js'

// The main process calls this in the hidden page and takes its answer.
Object.assign(globalThis, { encodeVideo })
