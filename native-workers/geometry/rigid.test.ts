import { describe, expect, it } from 'vitest'
import { UserError } from '../contract/errors.js'
import { type Matrix3, type Vector3 } from '../contract/matrix.js'
import {
  affine,
  assertRigid,
  determinant3,
  diagonal3,
  identity3,
  identity4,
  invertAffine,
  invertRigid,
  linearPart,
  maxDifference,
  multiply3,
  multiply4,
  norm,
  subtract,
  transformPoint,
  transpose3,
} from './matrix.js'
import {
  nearestRotation,
  rigidFromTwist,
  rotationAngleRad,
  rotationFromVector,
  twistAbout,
  twistFromRigid,
  vectorFromRotation,
} from './rigid.js'

const axis: Vector3 = [2 / 7, -3 / 7, 6 / 7]
const vectorOf = (angle: number): Vector3 => [axis[0] * angle, axis[1] * angle, axis[2] * angle]
const angles = [0, 1e-12, 1e-7, 1e-5, 9e-5, 2e-4, 9e-3, 0.011, 0.5, 2, 3, Math.PI - 1e-4, Math.PI - 1e-9]

describe('rotations', () => {
  it('turn by the length of their vector, a quarter turn about z taking x to y', () => {
    const quarter = rotationFromVector([0, 0, Math.PI / 2])
    expect(
      maxDifference(quarter, [
        [0, -1, 0],
        [1, 0, 0],
        [0, 0, 1],
      ]),
    ).toBeLessThan(1e-15)
  })

  it.each(angles)('exp then log gives back the vector at angle %d', (angle) => {
    const vector = vectorOf(angle)
    expect(norm(subtract(vectorFromRotation(rotationFromVector(vector)), vector))).toBeLessThan(1e-12)
    expect(rotationAngleRad(rotationFromVector(vector))).toBeCloseTo(angle, 12)
  })

  it('keep their axis up to sign at half a turn', () => {
    const vector = vectorFromRotation(rotationFromVector(vectorOf(Math.PI)))
    expect(norm(vector)).toBeCloseTo(Math.PI, 12)
    expect(Math.abs(vector[0] / Math.PI)).toBeCloseTo(Math.abs(axis[0]), 12)
  })
})

describe('rigid motions', () => {
  it.each(angles)('exp then log gives back the twist at angle %d', (angle) => {
    const tangent: Vector3 = [120, -35, 800]
    const twist = twistFromRigid(rigidFromTwist(vectorOf(angle), tangent))
    expect(norm(subtract(twist.rotationVector, vectorOf(angle)))).toBeLessThan(1e-12)
    expect(norm(subtract(twist.tangentTranslation, tangent))).toBeLessThan(1e-9)
  })

  it('exp equals many small steps along the screw', () => {
    const steps = 1024
    const step = rigidFromTwist(vectorOf(1.3 / steps), [30 / steps, -12 / steps, 7 / steps])
    let product = identity4
    for (let count = 0; count < steps; count++) product = multiply4(step, product)
    expect(maxDifference(product, rigidFromTwist(vectorOf(1.3), [30, -12, 7]))).toBeLessThan(1e-10)
  })

  it('a twist about a centre moves the centre by its translation along the given axes', () => {
    const axes = rotationFromVector([0.3, 1, -0.2])
    const motion = twistAbout([10, 20, 30], axes, [0.1, -0.2, 0.05], [1, 2, 3])
    const moved = subtract(transformPoint(motion, [10, 20, 30]), [10, 20, 30])
    const expected = transformPoint(affine(axes, [0, 0, 0]), [1, 2, 3])
    expect(norm(subtract(moved, expected))).toBeLessThan(1e-13)
  })

  it('inverses undo them', () => {
    const motion = rigidFromTwist([0.4, -1, 2], [5, 6, -700])
    expect(maxDifference(multiply4(motion, invertRigid(motion)), identity4)).toBeLessThan(1e-12)
    expect(maxDifference(invertAffine(motion), invertRigid(motion))).toBeLessThan(1e-12)
  })
})

describe('the nearest rotation', () => {
  const turned = rotationFromVector([0.3, -0.9, 0.4])
  const refit = (m: Matrix3) => nearestRotation(m)

  it('of a rotation is itself, of a stretched one the rotation before the stretch', () => {
    expect(maxDifference(refit(turned), turned)).toBeLessThan(1e-14)
    expect(maxDifference(refit(multiply3(turned, diagonal3(3, 0.2, 40))), turned)).toBeLessThan(1e-13)
  })

  it('of a mirroring matrix is proper and no other proper rotation near it is closer', () => {
    const mirrored = multiply3(turned, diagonal3(1, 2, -0.1))
    const nearest = refit(mirrored)
    expect(determinant3(nearest)).toBeCloseTo(1, 12)
    const distance = (m: Matrix3) => Math.hypot(...m.flat().map((value, i) => value - mirrored.flat()[i]))
    for (const nudge of [
      [0.01, 0, 0],
      [0, -0.01, 0],
      [0, 0, 0.01],
    ] as const) {
      expect(distance(multiply3(nearest, rotationFromVector(nudge)))).toBeGreaterThan(distance(nearest))
    }
  })

  it('exists for rank two and is refused for rank one', () => {
    expect(maxDifference(refit(multiply3(turned, diagonal3(1, 1, 0))), turned)).toBeLessThan(1e-13)
    expect(() =>
      refit([
        [1, 2, 3],
        [2, 4, 6],
        [3, 6, 9],
      ]),
    ).toThrow(UserError)
  })
})

describe('assertRigid', () => {
  it.each([
    ['a stretch', affine(diagonal3(1, 1.01, 1), [0, 0, 0])],
    ['a mirror', affine(diagonal3(1, 1, -1), [0, 0, 0])],
    ['NaN', affine(identity3, [0, Number.NaN, 0])],
    ['a projective row', [identity4[0], identity4[1], identity4[2], [0, 0, 1, 1]] as const],
  ])('refuses %s and names the matrix', (_, matrix) => {
    expect(() => {
      assertRigid(matrix, 'The pose of view 2')
    }).toThrow(/^The pose of view 2 is not a rotation and translation/)
  })

  it('accepts a rotation given with six digits', () => {
    const rotation = rotationFromVector([0.3, -0.9, 0.4])
    const round = (v: Vector3): Vector3 => [+v[0].toFixed(6), +v[1].toFixed(6), +v[2].toFixed(6)]
    const rounded = affine([round(rotation[0]), round(rotation[1]), round(rotation[2])], [1, 2, 3])
    assertRigid(rounded, 'A pose')
    expect(maxDifference(multiply3(transpose3(linearPart(rounded)), rotation), identity3)).toBeLessThan(1e-5)
  })
})

describe('singular matrices', () => {
  it('are refused with a sentence', () => {
    expect(() => invertAffine(affine(diagonal3(1, 0, 1), [0, 0, 0]), "The volume's grid")).toThrow(
      /The volume's grid can't be inverted/,
    )
  })
})
