import { type Vector3 } from '../../contract/matrix.js'
import { type LabelVoxels } from '../labels.js'

/** Voxels from `first` to `last`, both included. */
export interface VoxelBox {
  readonly first: Vector3
  readonly last: Vector3
}

const labelCount = 65536

/**
 * The bounding boxes of all labels above 0, in one pass over the map.
 * @param size voxels along i (fastest), j, k
 */
export function labelBoxes(voxels: LabelVoxels, [columns, rows, slices]: Vector3): Map<number, VoxelBox> {
  const least = [0, 1, 2].map(() => new Int32Array(labelCount).fill(2 ** 31 - 1))
  const greatest = [0, 1, 2].map(() => new Int32Array(labelCount).fill(-1))
  const include = (label: number, axis: number, from: number, to: number) => {
    if (from < least[axis][label]) least[axis][label] = from
    if (to > greatest[axis][label]) greatest[axis][label] = to
  }
  for (let k = 0; k < slices; k++) {
    for (let j = 0; j < rows; j++) {
      const row = columns * (j + rows * k)
      let i = 0
      while (i < columns) {
        const label = voxels[row + i]
        const from = i++
        while (i < columns && voxels[row + i] === label) i++
        if (label === 0) continue
        include(label, 0, from, i - 1)
        include(label, 1, j, j)
        include(label, 2, k, k)
      }
    }
  }
  const boxes = new Map<number, VoxelBox>()
  for (let label = 1; label < labelCount; label++) {
    if (greatest[0][label] < 0) continue
    const corner = (extremes: readonly Int32Array[]): Vector3 => [
      extremes[0][label],
      extremes[1][label],
      extremes[2][label],
    ]
    boxes.set(label, { first: corner(least), last: corner(greatest) })
  }
  return boxes
}

/** The smallest box that holds all of `boxes`; undefined for none. */
export function boundingBox(boxes: readonly VoxelBox[]): VoxelBox | undefined {
  if (boxes.length === 0) return undefined
  const along = (axis: 0 | 1 | 2) => ({
    first: Math.min(...boxes.map(({ first }) => first[axis])),
    last: Math.max(...boxes.map(({ last }) => last[axis])),
  })
  const [i, j, k] = [along(0), along(1), along(2)]
  return { first: [i.first, j.first, k.first], last: [i.last, j.last, k.last] }
}
