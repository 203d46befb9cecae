import { zipSync, type Zippable } from 'fflate'
import { writeFileAtomic } from '../atomic-write.js'
import { writePickle, type WrittenTensor, type WrittenValue } from './write-pickle.js'

/** Writes what `torch.load` reads (PyTorch 1.6 and later, also with weights_only). Errors: `output-unwritable`. */
export async function writeTorchFile(path: string, root: WrittenValue): Promise<void> {
  const { pickle, tensors } = writePickle(root)
  const members: Zippable = {
    'archive/data.pkl': pickle,
    'archive/byteorder': Buffer.from('little'),
    ...Object.fromEntries(tensors.map((tensor, key) => [`archive/data/${key}`, tensorBytes(tensor)])),
    'archive/version': Buffer.from('3\n'),
  }
  // PyTorch reads uncompressed members only; a fixed time makes equal contents equal files.
  await writeFileAtomic(path, zipSync(members, { level: 0, mtime: '1980-01-02' }))
}

function tensorBytes({ elementType, values }: WrittenTensor): Uint8Array {
  // Little-endian, as every machine that we run on is.
  if (elementType === 'float32' && values instanceof Float32Array)
    return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  const bytes = elementType === 'float32' ? 4 : 8
  const view = new DataView(new ArrayBuffer(values.length * bytes))
  values.forEach((value, n) => {
    if (elementType === 'float32') view.setFloat32(n * bytes, value, true)
    else view.setFloat64(n * bytes, value, true)
  })
  return new Uint8Array(view.buffer)
}
