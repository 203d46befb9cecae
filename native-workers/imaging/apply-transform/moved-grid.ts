import { type Matrix4, type Vector3 } from '../../contract/matrix.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { invertAffine, linearPart, multiply3, transformPoint } from '../../geometry/matrix.js'
import { nearestRotation } from '../../geometry/rigid.js'
import { lpsFromIndex } from '../volume.js'

/** The same voxels where a rigid motion takes them: another origin and other directions. */
export function movedGrid(grid: VolumeGrid, originalFromMoved: Matrix4): VolumeGrid {
  const movedFromOriginal = invertAffine(originalFromMoved)
  const rotation = nearestRotation(linearPart(movedFromOriginal))
  return {
    ...grid,
    originMm: transformPoint(movedFromOriginal, grid.originMm),
    direction: multiply3(rotation, grid.direction),
  }
}

/** Points looked at along an axis; shares come out to some tenths of a per cent. */
const samplesPerAxis = 24

/** The share of a moved volume, 0..1, that lies outside of a grid, half a voxel beyond its outermost centres. */
export function shareOutside(volume: VolumeGrid, originalFromMoved: Matrix4, target: VolumeGrid): number {
  const movedFromIndex = lpsFromIndex(volume)
  const movedFromOriginal = invertAffine(originalFromMoved)
  const targetIndexFromLps = invertAffine(lpsFromIndex(target))
  const [is, js, ks] = volume.size.map(samplePlaces)
  let outside = 0
  for (const k of ks) {
    for (const j of js) {
      for (const i of is) {
        const movedMm = transformPoint(movedFromOriginal, transformPoint(movedFromIndex, [i, j, k]))
        if (!isInside(transformPoint(targetIndexFromLps, movedMm), target.size)) outside++
      }
    }
  }
  return outside / (is.length * js.length * ks.length)
}

const samplePlaces = (size: number): number[] =>
  Array.from({ length: samplesPerAxis }, (_, n) => ((n + 0.5) / samplesPerAxis) * size - 0.5)

/** Rounding must not turn a grid's own edge into outside. */
const edgeTolerance = 1e-6

const isInside = (index: Vector3, size: Vector3): boolean =>
  index.every((value, axis) => value >= -0.5 - edgeTolerance && value <= size[axis] - 0.5 + edgeTolerance)
