import { type Checkpoint } from '../../contract/training/checkpoint.js'
import { PythonFloat, WrittenTensor, type WrittenValue } from '../../imaging/torch-file/write-pickle.js'
import { writeTorchFile } from '../../imaging/torch-file/write-torch-file.js'
import { type NamedArray } from '../trainer.js'

/**
 * Writes a network as `torch.load` reads it, in the layout of xvr's checkpoints: `model_state_dict` under timm's names,
 * `config` in xvr's keys. The optimiser's state is left out. Errors: `output-unwritable`.
 */
export async function writeXvrCheckpoint(
  path: string,
  { config, created, iteration }: Pick<Checkpoint, 'config' | 'created' | 'iteration'>,
  parameters: readonly NamedArray[],
): Promise<void> {
  await writeTorchFile(path, {
    model_state_dict: Object.fromEntries(
      parameters.map(({ name, shape, values }) => [name, new WrittenTensor('float32', shape, values)]),
    ),
    config: Object.fromEntries(Object.entries(config).map(([key, value]) => [key, written(key, value)])),
    itr: iteration,
    date: created,
  })
}

const wholeKeys = /^(height|batch_size|n_.*|num_workers)$/

/** JSON's values; numbers that xvr has as floats stay floats where they are whole. */
function written(key: string, value: unknown): WrittenValue {
  if (typeof value === 'number') return wholeKeys.test(key) ? value : new PythonFloat(value)
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (Array.isArray(value)) return value.map((item) => written(key, item))
  return null
}
