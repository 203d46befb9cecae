import type { Vector3 } from '../../../../native-workers/contract/matrix.js'
import type { VolumeGrid } from '../../../../native-workers/contract/operations/volume.js'
import { volumeFromIndex } from '../../../geometry/grid.js'
import { transformPoint } from '../../../geometry/math.js'

export type BoxAxis = 0 | 1 | 2
export const boxAxes: readonly BoxAxis[] = [0, 1, 2]

/** First and last voxel along i, j, k, both included. */
export interface VoxelRange {
  readonly first: Vector3
  readonly last: Vector3
}

/** A box along the voxel grid of the CT that it was drawn on; its faces are the outer faces of its voxels. */
export interface CropBox extends VoxelRange {
  readonly volumePath: string
  /** Of the stored CT, not of its display copy. */
  readonly grid: VolumeGrid
  readonly bytesPerVoxel: number
}

/** One of the six faces. */
export interface BoxFace {
  readonly axis: BoxAxis
  readonly side: 'first' | 'last'
}

export const boxFaces: readonly BoxFace[] = boxAxes.flatMap((axis) => [
  { axis, side: 'first' } as const,
  { axis, side: 'last' } as const,
])

/** Where a face lies along its axis, in voxel indices: half a voxel outside of the last voxel's centre. */
export const faceIndex = (box: VoxelRange, { axis, side }: BoxFace): number =>
  side === 'first' ? box.first[axis] - 0.5 : box.last[axis] + 0.5

export const vectorBy = (of: (axis: BoxAxis) => number): Vector3 => [of(0), of(1), of(2)]

/** The box of the whole CT. */
export const wholeRange = ({ size }: VolumeGrid): VoxelRange => ({
  first: [0, 0, 0],
  last: vectorBy((axis) => size[axis] - 1),
})

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value))

/**
 * The box with one face brought to `index` along its axis, to the nearest voxel. The face stays inside the CT and at
 * least a voxel from the opposite one.
 */
export function withFaceAt(box: CropBox, { axis, side }: BoxFace, index: number): CropBox {
  const { first, last, grid } = box
  const change = (vector: Vector3, value: number): Vector3 =>
    vectorBy((other) => (other === axis ? value : vector[other]))
  return side === 'first'
    ? { ...box, first: change(first, clamp(Math.round(index + 0.5), 0, last[axis])) }
    : { ...box, last: change(last, clamp(Math.round(index - 0.5), first[axis], grid.size[axis] - 1)) }
}

/** The box moved by whole voxels; it keeps its size and stops at the CT's ends. */
export function movedBy(box: CropBox, voxels: Vector3): CropBox {
  const { first, last, grid } = box
  const shift = vectorBy((axis) =>
    clamp(Math.round(voxels[axis]), -first[axis], grid.size[axis] - 1 - last[axis]),
  )
  return {
    ...box,
    first: vectorBy((axis) => first[axis] + shift[axis]),
    last: vectorBy((axis) => last[axis] + shift[axis]),
  }
}

/** The part of a range that lies inside the CT; null where nothing does. */
export function insideOf({ size }: VolumeGrid, { first, last }: VoxelRange): VoxelRange | null {
  const within = {
    first: vectorBy((axis) => Math.max(0, first[axis])),
    last: vectorBy((axis) => Math.min(size[axis] - 1, last[axis])),
  }
  return boxAxes.every((axis) => within.first[axis] <= within.last[axis]) ? within : null
}

export const sizeOf = ({ first, last }: VoxelRange): Vector3 =>
  vectorBy((axis) => last[axis] - first[axis] + 1)

/** Edge lengths over the outer faces. */
export const extentMm = (box: CropBox): Vector3 =>
  vectorBy((axis) => sizeOf(box)[axis] * box.grid.spacingMm[axis])

/** Memory of the cut CT before it is compressed, in millions of bytes. */
export const megabytes = (box: CropBox): number =>
  (sizeOf(box).reduce((product, count) => product * count, 1) * box.bytesPerVoxel) / 1e6

/** The eight corners in LPS mm; the corner's number has a bit per axis, set at the last voxel's side. */
export function cornersMm(box: CropBox): Vector3[] {
  const toMm = volumeFromIndex(box.grid)
  return Array.from({ length: 8 }, (_, corner) =>
    transformPoint(
      toMm,
      vectorBy((axis) => faceIndex(box, { axis, side: (corner >> axis) & 1 ? 'last' : 'first' })),
    ),
  )
}

/** The middle of a face in LPS mm. */
export function faceCentreMm(box: CropBox, face: BoxFace): Vector3 {
  const middle = vectorBy((axis) =>
    axis === face.axis ? faceIndex(box, face) : (box.first[axis] + box.last[axis]) / 2,
  )
  return transformPoint(volumeFromIndex(box.grid), middle)
}

export const isSameRange = (a: VoxelRange, b: VoxelRange): boolean =>
  boxAxes.every((axis) => a.first[axis] === b.first[axis] && a.last[axis] === b.last[axis])

/** Bytes of one voxel of a stored type such as "int16" or "float64". */
export function bytesOfType(storedType: string): number {
  const bits = /(\d+)$/.exec(storedType)?.[1]
  return bits === undefined ? 2 : Number(bits) / 8
}
