import { nameOfPythonType } from '../torch-file/names/python-type.js'
import { numpyArrayOf } from '../torch-file/names/numpy.js'
import { tableOf } from '../torch-file/names/pandas.js'
import { type TorchFile } from '../torch-file/open-torch-file.js'
import { NamedText, NumpyArray, Table, Tensor } from '../torch-file/python-values.js'
import { arrayElements, elementCount } from '../torch-file/tensor-values.js'
import { arrayType, type Item, nested, plain } from './item.js'

/** A value of a PyTorch file as an item. */
export function pythonItem(value: unknown, file: TorchFile): Item {
  if (value === null) return { type: 'none' }
  if (typeof value === 'number') return { type: 'number', value: () => plain(value) }
  if (typeof value === 'boolean') return { type: 'truth value', value: () => value }
  if (typeof value === 'string') return { type: 'text', value: () => value }
  if (value instanceof Tensor) return tensorItem(value, file)
  if (value instanceof NamedText) return { type: value.typeName, value: () => value.text }
  if (value instanceof Uint8Array) return { type: `${value.length} bytes` }
  if (value instanceof NumpyArray) return numpyItem(value)
  if (value instanceof Map) {
    return {
      type: `dictionary of ${value.size}`,
      members: () =>
        [...value].map(([key, member]) => ({ name: keyName(key), item: pythonItem(member, file) })),
    }
  }
  if (value instanceof Set) return listItem('set', [...value], file)
  if (Array.isArray(value)) return listItem('list', value, file)
  return otherItem(value, file)
}

function otherItem(value: unknown, file: TorchFile): Item {
  const array = numpyArrayOf(value)
  if (array !== undefined) return numpyItem(array)
  const table = tableOf(value)
  if (table !== undefined) return tableItem(table, file)
  const typeName = nameOfPythonType(value)
  return typeName === undefined ? { type: 'object' } : { type: 'type', value: () => typeName }
}

function tensorItem(tensor: Tensor, file: TorchFile): Item {
  return {
    type: `tensor of ${arrayType(tensor.elementType, tensor.shape)}`,
    elements: elementCount(tensor.shape),
    value: async () => nested(await file.elements(tensor), tensor.shape),
  }
}

function numpyItem(array: NumpyArray): Item {
  return {
    type: `array of ${arrayType(array.elementType, array.shape)}`,
    elements: elementCount(array.shape),
    value: () => nested(arrayElements(array), array.shape),
  }
}

function tableItem(table: Table, file: TorchFile): Item {
  return {
    type: `table, ${table.rows} rows x ${table.columns.length} columns`,
    members: () =>
      table.columns.map(({ name, values }) => ({ name, item: listItem('column', values, file) })),
  }
}

const isSimple = (value: unknown) => value === null || ['number', 'boolean', 'string'].includes(typeof value)

function listItem(what: string, values: readonly unknown[], file: TorchFile): Item {
  const type = `${what} of ${values.length}`
  const members = () =>
    Array.from({ length: Math.min(values.length, 100_000) }, (_, n) => ({
      name: `[${n}]`,
      item: pythonItem(values[n], file),
    }))
  // Short lists of numbers and texts are read best in one line.
  return values.length > 0 && values.length <= 100_000 && values.every(isSimple)
    ? { type, elements: values.length, value: () => values.map(plain), members }
    : { type, members }
}

const keyName = (key: unknown): string =>
  typeof key === 'string' || typeof key === 'number' || typeof key === 'boolean'
    ? String(key)
    : 'key of another type'
