import { UserError } from '../../contract/errors.js'
import { type Hdf5File, openHdf5 } from '../hdf5/hdf5-file.js'
import { undecodableError } from '../input-file.js'
import { typeNameOf } from './text-transform.js'
import { type TransformEntry } from './transform-entry.js'

const group = 'TransformGroup'

/**
 * ITK's HDF5 form: one numbered group per transform, a composite's members after it (itkHDF5TransformIO). Read here
 * because @itk-wasm/transform-io loses the members of a composite. Errors: `file-unreadable`, `format-unsupported` (not
 * three-dimensional).
 */
export async function readHdf5Transforms(path: string, fileName: string): Promise<TransformEntry[]> {
  const file = await openHdf5(path).catch((error: unknown) => {
    if (error instanceof UserError && error.code === 'format-unknown') {
      throw undecodableError(path, 'an ITK transform')
    }
    throw error
  })
  try {
    if (file.kindOf(group) !== 'group') throw undecodableError(path, 'an ITK transform')
    const numbers = file.keys(group).map(Number)
    const entries = numbers
      .sort((a, b) => a - b)
      .map((number) => entryOf(file, `${group}/${number}`, fileName))
    if (entries.length === 0) throw undecodableError(path, 'an ITK transform')
    return entries
  } finally {
    file.close()
  }
}

function entryOf(file: Hdf5File, path: string, fileName: string): TransformEntry {
  return {
    typeName: typeNameOf(file.text(`${path}/TransformType`), fileName),
    parameters: numbersAt(file, path, 'Parameters'),
    fixedParameters: numbersAt(file, path, 'FixedParameters'),
  }
}

/** Before ITK 4.7 the names lacked an "s". */
function numbersAt(file: Hdf5File, path: string, name: string): readonly number[] {
  const found = [`${path}/Transform${name}`, `${path}/Tranform${name}`].find(
    (candidate) => file.kindOf(candidate) === 'dataset',
  )
  if (found === undefined || file.describe(found).shape.some((size) => size === 0)) return []
  return file.numbers(found)
}
