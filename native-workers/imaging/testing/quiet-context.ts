import { type OperationContext } from '../../contract/progress.js'

/** The context of an operation whose reports nobody reads. */
export function quietContext(signal = new AbortController().signal): OperationContext {
  return { signal, onProgress: () => undefined, onEvent: () => undefined }
}
