import { describe, expect, it } from 'vitest'
import type { Matrix4, Vector3 } from '../../native-workers/contract/matrix.js'
import {
  compose,
  identity4,
  inverseRigid,
  largestDifference,
  multiply3,
  multiply4,
  radians,
  rotate,
  rotationFromVector,
  transformPoint,
  transpose3,
} from './math.js'

const pose: Matrix4 = compose(rotationFromVector([0.3, -0.7, 1.1]), [12, -30, 700])

describe('rigid transforms', () => {
  it('turns a quarter about z as a right-handed rotation', () => {
    const turned = rotate(rotationFromVector([0, 0, radians(90)]), [1, 0, 0])
    expect(turned[0]).toBeCloseTo(0, 14)
    expect(turned[1]).toBeCloseTo(1, 14)
    expect(turned[2]).toBeCloseTo(0, 14)
  })

  it('makes orthonormal rotations, also for tiny angles', () => {
    for (const w of [
      [1.2, -2, 0.4],
      [1e-10, 2e-10, -1e-10],
      [0, 0, 0],
    ] satisfies Vector3[]) {
      const r = rotationFromVector(w)
      const product = compose(multiply3(r, transpose3(r)), [0, 0, 0])
      expect(largestDifference(product, identity4)).toBeLessThan(1e-14)
    }
  })

  it('undoes a pose by its inverse', () => {
    expect(largestDifference(multiply4(pose, inverseRigid(pose)), identity4)).toBeLessThan(1e-12)
    expect(largestDifference(multiply4(inverseRigid(pose), pose), identity4)).toBeLessThan(1e-12)
  })

  it('applies the right factor of a product first', () => {
    const shift = compose([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [5, 6, 7]) // prettier-ignore
    const p: Vector3 = [1, 2, 3]
    expect(transformPoint(multiply4(pose, shift), p)).toEqual(transformPoint(pose, [6, 8, 10]))
  })
})
