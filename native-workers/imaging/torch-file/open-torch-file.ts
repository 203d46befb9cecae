import { basename } from 'node:path'
import { UserError } from '../../contract/errors.js'
import { openZipArchive } from '../archive/zip-archive.js'
import { readBytes } from '../input-file.js'
import { storageOfPersistentId } from './names/torch.js'
import { parsePickle } from './pickle.js'
import { plainDataNames } from './plain-data.js'
import { elementBytes, isElementType, type Tensor } from './python-values.js'
import { denseStrides, elementAt, elementCount, elementOffsets } from './tensor-values.js'

/** A file of torch.save: what it holds, with the numbers of tensors still in the file. */
export interface TorchFile {
  readonly name: string
  readonly root: unknown
  /** Elements of a tensor in row-major order. Errors: `file-truncated`, `file-unreadable`, `format-unsupported`. */
  readonly elements: (tensor: Tensor) => Promise<readonly (number | boolean | string)[]>
  /** The same of a tensor of real numbers as float32, fast for large ones. */
  readonly floats: (tensor: Tensor) => Promise<Float32Array>
}

const largestPickleBytes = 256 * 1024 * 1024
/** Tensors are read whole only where a person asks for their values; this is the most that is sensible then. */
const largestTensorBytes = 64 * 1024 * 1024

/**
 * Opens a `.pt`, `.pth` or `.ckpt` of PyTorch 1.6 or later (a ZIP file). Nothing in it is run: names that are not plain
 * data are refused. Errors: those of `openZipArchive`, `parsePickle` and `plainDataNames`, `format-unsupported` (files
 * of older versions, TorchScript, plain pickles), `format-unknown`.
 */
export async function openTorchFile(path: string): Promise<TorchFile> {
  const name = basename(path)
  requireZip(name, await readBytes(path, 0, 64))
  const archive = await openZipArchive(path)
  const pickleName = [...archive.entries.keys()].find((entry) => /^([^/]+\/)?data\.pkl$/.test(entry))
  if (pickleName === undefined) {
    throw new UserError(
      'format-unknown',
      `"${name}" is a ZIP file, but not one of PyTorch: data.pkl is absent.`,
    )
  }
  const folder = pickleName.slice(0, -'data.pkl'.length)
  if (archive.entries.has(`${folder}constants.pkl`)) {
    throw new UserError(
      'format-unsupported',
      `"${name}" is a TorchScript program, which would have to be run to be read.`,
      "Save the model's state_dict with torch.save instead.",
    )
  }
  const member = (entryName: string) => {
    const entry = archive.entries.get(`${folder}${entryName}`)
    if (entry !== undefined) return entry
    throw new UserError('file-unreadable', `"${name}" is damaged: its member "${entryName}" is absent.`)
  }
  const isLittleEndian = archive.entries.has(`${folder}byteorder`)
    ? (await archive.read(member('byteorder'), 64)).toString('latin1').trim() !== 'big'
    : true
  const root = parsePickle(await archive.read(member('data.pkl'), largestPickleBytes), name, {
    name: plainDataNames(name),
    persistent: storageOfPersistentId,
  })
  /** The bytes from a tensor's first element to its last. */
  const spanOf = async ({ elementType, shape, strides, offset, storage }: Tensor) => {
    if (!isElementType(elementType)) {
      throw new UserError('format-unsupported', `Elements of the type ${elementType} are not read.`)
    }
    const bytes = elementBytes[elementType]
    const span = shape.reduce((sum, size, axis) => sum + (size - 1) * strides[axis], 1)
    if (shape.length !== strides.length || elementCount(shape) * bytes > largestTensorBytes) {
      throw new UserError('file-unreadable', `A tensor of "${name}" has an impossible shape.`)
    }
    if (elementCount(shape) === 0) return { data: Buffer.alloc(0), elementType, bytes }
    const data = await archive.readPart(
      member(`data/${storage.key}`),
      offset * bytes,
      (offset + span) * bytes,
      largestTensorBytes,
    )
    if (data.length < span * bytes) {
      throw new UserError('file-truncated', `"${name}" is damaged: a tensor is longer than its storage.`)
    }
    return { data, elementType, bytes }
  }
  const elements: TorchFile['elements'] = async (tensor) => {
    const { shape, strides } = tensor
    const { data, elementType, bytes } = await spanOf(tensor)
    if (data.length === 0) return []
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
    return elementOffsets(shape, strides).map((element) =>
      elementAt(view, element * bytes, elementType, isLittleEndian),
    )
  }
  return {
    name,
    root,
    elements,
    async floats(tensor) {
      const { elementType, shape, strides } = tensor
      const isDense = strides.join() === denseStrides(shape, false).join()
      if (elementType !== 'float32' || !isLittleEndian || !isDense)
        return Float32Array.from(await elements(tensor), Number)
      const { data } = await spanOf(tensor)
      const values = new Float32Array(elementCount(shape))
      new Uint8Array(values.buffer).set(data)
      return values
    },
  }
}

/** PyTorch's marks of its files before version 1.6 and of pickles. */
function requireZip(name: string, head: Buffer): void {
  const text = head.toString('latin1')
  if (text.startsWith('PK')) return
  if (head.length === 0) throw new UserError('file-unreadable', `"${name}" is empty.`, 'Copy it again.')
  if (text.startsWith('\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.')) {
    throw new UserError(
      'format-unsupported',
      `"${name}" is in the format of PyTorch before 1.6, which is not read.`,
      'Load it with PyTorch and save it again; torch.save has written ZIP files since 1.6.',
    )
  }
  if (head[0] === 0x80 && head[1] >= 2 && head[1] <= 5) {
    throw new UserError(
      'format-unsupported',
      `"${name}" is a plain Python pickle, which is not read.`,
      'Save it with torch.save, as NumPy or as JSON.',
    )
  }
  throw new UserError('format-unknown', `"${name}" is not a file of PyTorch.`)
}
