import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { UserError } from '../../contract/errors.js'
import { type InspectOutput } from '../../contract/operations/inspect.js'
import { openZipArchive } from '../archive/zip-archive.js'
import { isHdf5, openHdf5 } from '../hdf5/hdf5-file.js'
import { describeFile } from '../info/describe-file.js'
import { readBytes, statInput } from '../input-file.js'
import { isNpy } from '../npy/npy-header.js'
import { readOnnx } from '../onnx/read-onnx.js'
import { openTorchFile } from '../torch-file/open-torch-file.js'
import { readTransformFile } from '../transform-file/read-transform.js'
import { transformFormatOfName } from '../transform-file/transform-format.js'
import { hdf5Item } from './hdf5-item.js'
import { type Item } from './item.js'
import { jsonItem } from './json-item.js'
import { npyFileItem, npzItem } from './numpy-file-item.js'
import { onnxItem } from './onnx-item.js'
import { pythonItem } from './python-item.js'
import { safetensorsItem } from './safetensors-item.js'

/** A file as it is looked into; `close` once nothing of it is read any more. */
export interface OpenItem extends Omit<InspectOutput, 'tree'> {
  /** Null where the facts say everything. */
  readonly root: Item | null
  readonly close: () => void
}

const headBytes = 512

/**
 * Opens a file by its content, or by its ending where the content has no mark. What is not known here is described as
 * `info` does. Errors: those of the readers; nothing in a file is ever run.
 */
export async function openItem(path: string, signal: AbortSignal): Promise<OpenItem> {
  const name = basename(path)
  if ((await statInput(path)).isDirectory()) return described(path, signal)
  const head = await readBytes(path, 0, headBytes)
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1].toLowerCase() ?? ''
  const plain = (format: string, root: Item): OpenItem => ({
    title: `${name}: ${format}`,
    facts: [],
    root,
    issues: [],
    close: () => undefined,
  })
  if (isZip(head) || ['pt', 'pth', 'ckpt'].includes(ending) || isPickle(head))
    return openZip(path, head, plain)
  if (isNpy(head)) return plain('NumPy array', await npyFileItem(path))
  if (isHdf5(head)) return openHdf5Item(path, name)
  if (ending === 'safetensors') return plain('safetensors', await safetensorsItem(path))
  if (ending === 'onnx') return openOnnx(path, plain)
  if (isItkTransform(head) || transformFormatOfName(path) === 'mat') return openTransform(path, name)
  if (ending === 'json') {
    return { ...(await described(path, signal)), root: jsonItem(await readJson(path)) }
  }
  return described(path, signal)
}

const isZip = (head: Buffer): boolean => ['PK\x03\x04', 'PK\x05\x06'].includes(head.toString('latin1', 0, 4))
/** Protocol 2 to 5. */
const isPickle = (head: Buffer): boolean => head[0] === 0x80 && head[1] >= 2 && head[1] <= 5
const isItkTransform = (head: Buffer): boolean =>
  head.toString('latin1').startsWith('#Insight Transform File')

async function described(path: string, signal: AbortSignal): Promise<OpenItem> {
  const { title, facts, issues } = await describeFile({ path, acceptGeometry: false }, signal)
  return { title, facts, issues, root: null, close: () => undefined }
}

async function openZip(
  path: string,
  head: Buffer,
  plain: (format: string, root: Item) => OpenItem,
): Promise<OpenItem> {
  if (isZip(head)) {
    const archive = await openZipArchive(path)
    const names = [...archive.entries.keys()]
    if (!names.some((entry) => entry.endsWith('data.pkl'))) {
      if (names.some((entry) => entry.endsWith('.npy'))) return plain('NumPy archive', await npzItem(archive))
      throw new UserError(
        'format-unknown',
        `"${archive.name}" is a ZIP file without PyTorch or NumPy data.`,
        'Unpack it, and name one of its files.',
      )
    }
  }
  const file = await openTorchFile(path)
  return plain('PyTorch file', pythonItem(file.root, file))
}

async function openHdf5Item(path: string, name: string): Promise<OpenItem> {
  const file = await openHdf5(path)
  const { close } = file
  if (file.kindOf('TransformGroup') === 'group') {
    close()
    return openTransform(path, name)
  }
  return { title: `${name}: HDF5`, facts: [], root: hdf5Item(file, ''), issues: [], close }
}

async function openOnnx(path: string, plain: (format: string, root: Item) => OpenItem): Promise<OpenItem> {
  const model = await readOnnx(path)
  const { producerName, producerVersion, opsetImport, irVersion, graph } = model
  const opsets = opsetImport.map(({ domain, version }) => `${domain === '' ? 'ai.onnx' : domain} ${version}`)
  return {
    ...plain('ONNX model', onnxItem(model)),
    facts: [
      { name: 'producer', value: `${producerName} ${producerVersion}`.trim() || 'not stated' },
      { name: 'opset', value: opsets.join(', ') },
      { name: 'IR version', value: String(irVersion) },
      { name: 'operators', value: String(graph.node.length) },
    ],
  }
}

async function openTransform(path: string, name: string): Promise<OpenItem> {
  const { matrix, typeName } = await readTransformFile(path)
  return {
    title: `${name}: ITK transform`,
    facts: [
      { name: 'type', value: typeName },
      { name: 'takes', value: 'points of the fixed (output) volume to the moving (input) one, LPS mm' },
    ],
    root: { type: 'transform', members: () => [{ name: 'matrix', item: jsonItem(matrix) }] },
    issues: [],
    close: () => undefined,
  }
}

/** `describeFile` has already refused what is no JSON. */
async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'))
}
