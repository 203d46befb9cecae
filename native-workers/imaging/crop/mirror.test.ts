import { describe, expect, it } from 'vitest'
import { type Vector3 } from '../../contract/matrix.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import {
  determinant3,
  identity4,
  linearPart,
  maxDifference,
  multiply4,
  transformPoint,
} from '../../geometry/matrix.js'
import { rotationFromVector } from '../../geometry/rigid.js'
import { lpsFromIndex } from '../volume.js'
import { cutOut, type VoxelAxis } from './cut-out.js'
import { leftRightAxis, reflectionOfGrid } from './mirror.js'

const oblique: VolumeGrid = {
  size: [4, 3, 5],
  spacingMm: [0.7, 1.1, 2.5],
  originMm: [-31, 12, 830],
  direction: rotationFromVector([0.2, -0.15, 0.3]),
}
const whole = { first: [0, 0, 0], last: [3, 2, 4] } as const
const voxels = Int16Array.from({ length: 60 }, (_, index) => index * index - 700)

describe.each([0, 1, 2] as const)('mirroring along voxel axis %i', (axis: VoxelAxis) => {
  it('twice is the identity, of volume and transform', () => {
    const once = cutOut({ grid: oblique, voxels }, whole, axis)
    const twice = cutOut(once, whole, axis)
    expect(once.voxels).not.toEqual(voxels)
    expect(twice.voxels).toEqual(voxels)
    expect(once.grid).toEqual(oblique)
    const reflection = reflectionOfGrid(oblique, axis)
    expect(maxDifference(multiply4(reflection, reflection), identity4)).toBeLessThan(1e-12)
    expect(determinant3(linearPart(reflection))).toBeCloseTo(-1, 12)
  })

  it('puts every voxel where the reflection says', () => {
    const mirrored = cutOut({ grid: oblique, voxels }, whole, axis)
    const originalFromMirrored = reflectionOfGrid(oblique, axis)
    const toLps = lpsFromIndex(oblique)
    for (let index = 0; index < voxels.length; index++) {
      const place: Vector3 = [index % 4, Math.floor(index / 4) % 3, Math.floor(index / 12)]
      const [i, j, k] = place.map((n, a) => (a === axis ? oblique.size[a] - 1 - n : n))
      expect(mirrored.voxels[index]).toBe(voxels[i + 4 * (j + 3 * k)])
      const reflected = transformPoint(originalFromMirrored, transformPoint(toLps, place))
      const source = transformPoint(toLps, [i, j, k])
      reflected.forEach((value, a) => {
        expect(value).toBeCloseTo(source[a], 10)
      })
    }
  })
})

describe('leftRightAxis', () => {
  it('is the voxel axis closest to LPS x, with its angle to it', () => {
    const { axis, angleDeg } = leftRightAxis(oblique)
    expect(axis).toBe(0)
    expect(angleDeg).toBeCloseTo((Math.acos(oblique.direction[0][0]) * 180) / Math.PI, 12)
  })

  it('may be the slowest axis, as of sagittal stacks', () => {
    const sagittal = {
      ...oblique,
      direction: [
        [0, 0, -1],
        [1, 0, 0],
        [0, -1, 0],
      ],
    } as const
    expect(leftRightAxis(sagittal)).toEqual({ axis: 2, angleDeg: 0 })
  })
})
