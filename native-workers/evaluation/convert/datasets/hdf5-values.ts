import { UserError } from '../../../contract/errors.js'
import {
  matrix3Schema,
  type Matrix3,
  type Matrix4,
  matrix4Schema,
  type Vector2,
  type Vector3,
} from '../../../contract/matrix.js'
import { assertRigid } from '../../../geometry/matrix.js'
import { type Hdf5File } from '../../../imaging/hdf5/hdf5-file.js'

/* Values of a known size out of an HDF5 file. Errors: `file-unreadable`, `geometry-invalid`. */

function sized(file: Hdf5File, path: string, count: number): readonly number[] {
  const values = file.numbers(path)
  if (values.length === count) return values
  throw new UserError('geometry-invalid', `"${path}" has ${values.length} numbers instead of ${count}.`)
}

const rows = (values: readonly number[], length: number): number[][] =>
  Array.from({ length: values.length / length }, (_, row) => values.slice(row * length, (row + 1) * length))

export const numberAt = (file: Hdf5File, path: string): number => sized(file, path, 1)[0]

export function vector2At(file: Hdf5File, path: string): Vector2 {
  const [x, y] = sized(file, path, 2)
  return [x, y]
}

export function vector3At(file: Hdf5File, path: string): Vector3 {
  const [x, y, z] = sized(file, path, 3)
  return [x, y, z]
}

export const matrix3At = (file: Hdf5File, path: string): Matrix3 =>
  matrix3Schema.parse(rows(sized(file, path, 9), 3))

export function rigidAt(file: Hdf5File, path: string): Matrix4 {
  const matrix = matrix4Schema.parse(rows(sized(file, path, 16), 4))
  assertRigid(matrix, `"${path}"`)
  return matrix
}
