import { type Hdf5File } from '../hdf5/hdf5-file.js'
import { elementCount } from '../torch-file/tensor-values.js'
import { arrayType, type Item, nested } from './item.js'

/** A group or data set of an open HDF5 file as an item; "" is its root. */
export function hdf5Item(file: Hdf5File, path: string): Item {
  const kind = file.kindOf(path)
  if (kind === 'dataset') return datasetItem(file, path)
  if (kind !== 'group') return { type: 'link or type' }
  const keys = file.keys(path)
  return {
    type: `group of ${keys.length}`,
    members: () =>
      keys.map((name) => ({ name, item: hdf5Item(file, path === '' ? name : `${path}/${name}`) })),
  }
}

const numberTypes = /^(u?int(8|16|32|64)|float(32|64))$/

function datasetItem(file: Hdf5File, path: string): Item {
  const { shape, elementType } = file.describe(path)
  if (elementType === 'text' && shape.length === 0) return { type: 'text', value: () => file.text(path) }
  const type = arrayType(elementType, shape)
  if (!numberTypes.test(elementType)) return { type }
  return { type, elements: elementCount(shape), value: () => nested(file.numbers(path), shape) }
}
