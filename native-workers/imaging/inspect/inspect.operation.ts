import { throwIfCancelled } from '../../contract/errors.js'
import { type InspectInput, type InspectOutput } from '../../contract/operations/inspect.js'
import { type Operation } from '../../contract/progress.js'
import { glance, memberAt, treeOf, wholeValue } from './item.js'
import { openItem } from './open-item.js'

/**
 * Shows what a file of another tool holds: keys, shapes, types and small values of PyTorch, NumPy, safetensors, ONNX,
 * HDF5, ITK transform and JSON files; anything else as `info` does. Nothing in a file is run, and arrays are only read
 * where their values are shown. Errors: those of `openItem` and `memberAt`.
 */
export const inspect: Operation<InspectInput, InspectOutput> = async (
  { path, key },
  { signal, onProgress },
) => {
  onProgress({ phase: 'read', fraction: null, message: 'Reading the file', elapsedMs: 0, remainingMs: null })
  const { title, facts, issues, root, close } = await openItem(path, signal)
  try {
    throwIfCancelled(signal)
    if (root === null) return { title, facts, issues, tree: null }
    const tree =
      key === undefined ? await treeOf('', root, glance) : await treeOf(key, memberAt(root, key), wholeValue)
    return { title, facts, issues, tree }
  } finally {
    close()
  }
}
