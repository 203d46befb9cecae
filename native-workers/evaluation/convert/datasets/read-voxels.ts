import { UserError } from '../../../contract/errors.js'
import { type VolumeGrid } from '../../../contract/operations/volume.js'
import { type Hdf5File } from '../../../imaging/hdf5/hdf5-file.js'
import { type Volume, type VoxelArray } from '../../../imaging/volume.js'

/** Where an element of the file's first axis and of the other two, row-major, lies in the volume. */
export type Placement = (slice: number, row: number, column: number) => number

type Geometry = Omit<VolumeGrid, 'size'>

/**
 * Reads a three-dimensional data set slice by slice, so that the library's own memory holds one slice at a time.
 * Errors: `file-unreadable`, `geometry-invalid`.
 */
export function readVoxels(
  file: Hdf5File,
  path: string,
  size: VolumeGrid['size'],
  geometry: Geometry,
  place: Placement,
  onSlice: (fraction: number) => void,
): Volume {
  const [slices, rows, columns] = file.describe(path).shape
  const first = file.slab(path, 0, 1)
  const voxels = emptyLike(first, slices * rows * columns)
  for (let slice = 0; slice < slices; slice++) {
    const values = slice === 0 ? first : file.slab(path, slice, slice + 1)
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        voxels[place(slice, row, column)] = values[row * columns + column]
      }
    }
    onSlice((slice + 1) / slices)
  }
  return { grid: { size, ...geometry }, voxels }
}

/** The shape of a data set that has to be a volume. */
export function volumeShape(file: Hdf5File, path: string): readonly [number, number, number] {
  const [slices, rows, columns, ...rest] = file.describe(path).shape
  if (columns !== undefined && rest.length === 0) return [slices, rows, columns]
  throw new UserError('geometry-invalid', `"${path}" is not a volume: it does not have three axes.`)
}

function emptyLike(array: VoxelArray, length: number): VoxelArray {
  if (array instanceof Uint8Array) return new Uint8Array(length)
  if (array instanceof Int8Array) return new Int8Array(length)
  if (array instanceof Int16Array) return new Int16Array(length)
  if (array instanceof Uint16Array) return new Uint16Array(length)
  if (array instanceof Int32Array) return new Int32Array(length)
  if (array instanceof Uint32Array) return new Uint32Array(length)
  if (array instanceof Float64Array) return new Float64Array(length)
  return new Float32Array(length)
}
