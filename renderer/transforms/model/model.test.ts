import { describe, expect, it } from 'vitest'
import type { Matrix4, Vector3 } from '../../../native-workers/contract/matrix.js'
import {
  compose,
  determinant3,
  identity4,
  inverseAffine,
  inverseRigid,
  largestDifference,
  multiply4,
  rotationFromVector,
  rotationOf,
  transformPoint,
} from '../../geometry/math.js'
import { isInvertible, motionKind, orthogonalPart, rigidPart } from './affine.js'
import { poseThroughTransform } from './pose-through-transform.js'
import { freeName, inSequence } from './transform.js'
import { movedFromVolumeOf, movedOn, turnAndShiftOf } from './turn-and-shift.js'

const rigid = compose(rotationFromVector([0.4, -0.9, 1.3]), [12, -30, 7])
const mirror = multiply4(rigid, compose([[-1, 0, 0], [0, 1, 0], [0, 0, 1]], [5, 0, 0])) // prettier-ignore
const affine: Matrix4 = [
  [1.2, 0.1, 0, 4],
  [-0.2, 0.9, 0.3, 5],
  [0, 0.1, 1.1, -6],
  [0, 0, 0, 1],
]
const pivot: Vector3 = [10, 20, -30]

describe('turns and shift', () => {
  it.each([
    ['rigid', rigid],
    ['mirroring', mirror],
    ['affine', affine],
    ['turned by 90° about P', compose(rotationFromVector([0, Math.PI / 2, 0]), [1, 2, 3])],
  ])('lead back to a %s transform', (_, transform) => {
    const back = movedFromVolumeOf(turnAndShiftOf(transform, pivot), pivot)
    expect(largestDifference(back, transform)).toBeLessThan(1e-9)
  })

  it('are about the pivot, in the order L, P, S', () => {
    const shape = rotationOf(identity4)
    const moved = movedFromVolumeOf({ turnDeg: [90, 0, 90], shiftMm: [1, 2, 3], shape }, pivot)
    transformPoint(moved, pivot).forEach((value, axis) => {
      expect(value).toBeCloseTo([11, 22, -27][axis] ?? NaN, 12)
    })
    // From posterior to superior about L; about S that stays.
    const posterior = transformPoint(moved, [pivot[0], pivot[1] + 1, pivot[2]])
    expect(posterior[2]).toBeCloseTo(-26, 12)
    expect(turnAndShiftOf(moved, pivot).turnDeg[0]).toBeCloseTo(90, 9)
  })

  it('keep a mirror image apart from the rotation', () => {
    const { shape, turnDeg } = turnAndShiftOf(compose([[-1, 0, 0], [0, 1, 0], [0, 0, 1]], [0, 0, 0]), pivot) // prettier-ignore
    expect(determinant3(shape)).toBeCloseTo(-1, 12)
    turnDeg.forEach((angle) => {
      expect(angle).toBeCloseTo(0, 9)
    })
  })
})

describe('a transform that is moved on', () => {
  it('turns about a place of the world, and shifts', () => {
    const about: Vector3 = [3, 4, 5]
    const next = movedOn(rigid, about, [0, 0, Math.PI / 2], [0, 0, 2])
    const still = transformPoint(inverseAffine(rigid), about)
    transformPoint(next, still).forEach((value, axis) => {
      expect(value).toBeCloseTo([3, 4, 7][axis] ?? NaN, 9)
    })
  })
})

describe('the kind of a motion', () => {
  it('is told from its matrix', () => {
    expect([identity4, rigid, mirror, affine].map(motionKind)).toEqual([
      'identity',
      'rigid',
      'mirror',
      'affine',
    ])
    expect(isInvertible(compose([[1, 0, 0], [2, 0, 0], [0, 0, 1]], [0, 0, 0]))).toBe(false) // prettier-ignore
  })

  it('is rigid without its stretches, and agrees at the pivot', () => {
    const part = rigidPart(affine, pivot)
    expect(motionKind(part)).toBe('rigid')
    const [a, b] = [transformPoint(part, pivot), transformPoint(affine, pivot)]
    a.forEach((value, axis) => {
      expect(value).toBeCloseTo(b[axis] ?? NaN, 9)
    })
    const again = orthogonalPart(rotationOf(rigid))
    expect(largestDifference(compose(again, [0, 0, 0]), compose(rotationOf(rigid), [0, 0, 0]))).toBeLessThan(
      1e-12,
    )
  })
})

describe('a pose through a transform', () => {
  const pose = compose(rotationFromVector([0.2, 0.1, -1]), [1, -2, 800])

  it('comes back by the other direction', () => {
    for (const transform of [rigid, mirror]) {
      const moved = poseThroughTransform(pose, transform, 'to-moved') ?? identity4
      const back = poseThroughTransform(moved, transform, 'to-file') ?? identity4
      expect(largestDifference(back, pose)).toBeLessThan(1e-9)
      // Through a mirror image too it is a rotation.
      expect(determinant3(rotationOf(moved))).toBeCloseTo(1, 9)
    }
  })

  it('puts a point of the CT where the moved CT has it', () => {
    const inFile = poseThroughTransform(pose, rigid, 'to-file') ?? identity4
    const expected = transformPoint(pose, transformPoint(rigid, [7, 8, 9]))
    transformPoint(inFile, [7, 8, 9]).forEach((value, axis) => {
      expect(value).toBeCloseTo(expected[axis] ?? NaN, 9)
    })
    expect(largestDifference(multiply4(inFile, inverseRigid(rigid)), pose)).toBeLessThan(1e-9)
  })

  it('does not follow a stretch', () => {
    expect(poseThroughTransform(pose, affine, 'to-file')).toBeNull()
  })
})

describe('transforms in a list', () => {
  it('have names of their own, and act one after the other', () => {
    expect(freeName('a', ['b'])).toBe('a')
    expect(freeName('a', ['a', 'a 2'])).toBe('a 3')
    const point: Vector3 = [1, 2, 3]
    const both = transformPoint(inSequence(rigid, affine), point)
    transformPoint(affine, transformPoint(rigid, point)).forEach((value, axis) => {
      expect(both[axis]).toBeCloseTo(value, 9)
    })
  })
})
