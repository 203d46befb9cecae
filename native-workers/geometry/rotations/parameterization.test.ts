import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { UserError } from '../../contract/errors.js'
import { matrix4Schema, vector3Schema, type Vector3 } from '../../contract/matrix.js'
import { affine, maxDifference, multiplyVector3 } from '../matrix.js'
import { doubleGeodesic, logGeodesic } from '../pose-distance.js'
import { rotationFromVector } from '../rigid.js'
import { eulerFromRotation, rotationFromEuler, toRadians } from './euler.js'
import { componentsFromPose, parameterizationNames, poseFromComponents } from './parameterization.js'

const fixtureUrl = new URL('../../../tests/conformance/fixtures/diffdrr_small.json', import.meta.url)
const fixture = z
  .object({
    rot_zxy_deg: z.tuple([vector3Schema]),
    xyz: z.tuple([vector3Schema]),
    pose_matrix: matrix4Schema,
    gradient_case: z.object({
      start_rot_rad: z.tuple([vector3Schema]),
      start_xyz: z.tuple([vector3Schema]),
      double_geodesic: z.object({ sdd: z.number(), rot: z.number(), xyz: z.number(), double: z.number() }),
      log_geodesic: z.number(),
    }),
    parameterizations: z.array(
      z.object({
        name: z.enum(parameterizationNames),
        rotation: z.tuple([z.array(z.number())]),
        translation: z.tuple([vector3Schema]),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(fixtureUrl, 'utf8')))

const largestDifference = (a: readonly number[], b: readonly number[]) =>
  Math.max(...a.map((value, index) => Math.abs(value - b[index])))

const vectors: readonly Vector3[] = [
  [0, 0, 0],
  [1e-9, 0, -1e-9],
  [0.3, -0.8, 0.4],
  [2, 2, -1],
  [0, 0, Math.PI - 1e-8],
  [Math.PI / 2, 0, 0],
  [0, 3.1, 0],
]
const poses = vectors.map((vector) => affine(rotationFromVector(vector), [12, 800, -7]))

describe.each(parameterizationNames)('the parameterisation %s', (name) => {
  it('gives the numbers that DiffDRR gives', () => {
    const known = fixture.parameterizations.find((entry) => entry.name === name)
    const components = componentsFromPose({ name }, fixture.pose_matrix)
    expect(components.rotation).toHaveLength(known?.rotation[0].length ?? 0)
    expect(largestDifference(components.rotation, known?.rotation[0] ?? [])).toBeLessThan(1e-12)
    expect(largestDifference(components.translation, known?.translation[0] ?? [])).toBeLessThan(1e-10)
  })

  it('goes there and back', () => {
    for (const pose of poses) {
      const back = poseFromComponents({ name }, componentsFromPose({ name }, pose))
      // Relative to a pose of 800 mm.
      expect(maxDifference(back, pose) / 800).toBeLessThan(1e-12)
    }
  })

  it('refuses a wrong count of numbers', () => {
    expect(() => poseFromComponents({ name }, { rotation: [1, 2, 3, 4, 5], translation: [0, 0, 0] })).toThrow(
      UserError,
    )
  })
})

describe('euler angles', () => {
  const axes = ['X', 'Y', 'Z']
  const conventions = axes.flatMap((i) =>
    axes.flatMap((j) => axes.filter((k) => i !== j && j !== k).map((k) => `${i}${j}${k}`)),
  )

  it('come in twelve orders', () => {
    expect(conventions).toHaveLength(12)
  })

  it.each(conventions)('go there and back as %s, at locked gimbals too', (convention) => {
    const quarter = Math.PI / 2
    const anglesRad: readonly Vector3[] = [
      [0.4, 0.7, -2.1],
      [-3, 1.2, 3],
      [0.4, quarter, 0.3],
      [0.4, quarter - 1e-9, 0.3],
      [-1.4, -quarter, 0.3],
      [0.4, 0, 0.3],
      [0.4, 1e-9, 0.3],
      [0.4, Math.PI, 0.3],
    ]
    for (const angles of anglesRad) {
      const rotation = rotationFromEuler(convention, angles)
      expect(
        maxDifference(rotationFromEuler(convention, eulerFromRotation(convention, rotation)), rotation),
      ).toBeLessThan(1e-12)
    }
    expect(
      largestDifference(
        eulerFromRotation(convention, rotationFromEuler(convention, [0.4, 0.7, -2.1])),
        [0.4, 0.7, -2.1],
      ),
    ).toBeLessThan(1e-12)
  })

  it('turn left to right: XYZ takes z first about z, then y, then x', () => {
    const rotation = rotationFromEuler('XYZ', [Math.PI / 2, 0, Math.PI / 2])
    const [x, y, z] = multiplyVector3(rotation, [1, 0, 0])
    expect([x, y, z].map((value) => Math.round(value * 1e12) / 1e12 + 0)).toEqual([0, 0, 1])
  })

  it('are read in degrees when told so', () => {
    const pose = poseFromComponents(
      { name: 'euler_angles', unit: 'degrees' },
      { rotation: fixture.rot_zxy_deg[0], translation: fixture.xyz[0] },
    )
    expect(maxDifference(pose, fixture.pose_matrix)).toBeLessThan(1e-12)
    const back = componentsFromPose({ name: 'euler_angles', unit: 'degrees' }, pose)
    expect(largestDifference(back.rotation, fixture.rot_zxy_deg[0])).toBeLessThan(1e-12)
  })

  it.each(['ZX', 'ZZX', 'zxy', 'ABC', ''])('refuse the order "%s"', (convention) => {
    expect(() => rotationFromEuler(convention, [0, 0, 0])).toThrow(UserError)
  })
})

describe('rotation_6d', () => {
  it('makes its rows perpendicular, keeping the first', () => {
    const pose = poseFromComponents(
      { name: 'rotation_6d' },
      { rotation: [2, 0, 0, 5, 3, 0], translation: [0, 0, 0] },
    )
    expect(
      maxDifference(
        pose,
        affine(
          [
            [1, 0, 0],
            [0, 1, 0],
            [0, 0, 1],
          ],
          [0, 0, 0],
        ),
      ),
    ).toBeLessThan(1e-15)
  })
})

describe('pose distances', () => {
  const known = fixture.gradient_case
  const start = poseFromComponents(
    { name: 'euler_angles' },
    { rotation: known.start_rot_rad[0], translation: known.start_xyz[0] },
  )

  it('are those of DiffDRR', () => {
    expect(Math.abs(logGeodesic(fixture.pose_matrix, start) - known.log_geodesic)).toBeLessThan(1e-8)
    const { rotationMm, translationMm, bothMm } = doubleGeodesic(
      fixture.pose_matrix,
      start,
      known.double_geodesic.sdd,
    )
    // DiffDRR stores its rotation distance through an arc cosine, which costs half the digits.
    expect(Math.abs(rotationMm - known.double_geodesic.rot)).toBeLessThan(1e-6)
    expect(Math.abs(translationMm - known.double_geodesic.xyz)).toBeLessThan(1e-9)
    expect(Math.abs(bothMm - known.double_geodesic.double)).toBeLessThan(1e-6)
  })

  it('grow with a turn by its arc', () => {
    const turned = affine(rotationFromVector([0, toRadians(2), 0]), [0, 0, 0])
    const still = affine(rotationFromVector([0, 0, 0]), [0, 0, 0])
    expect(doubleGeodesic(still, turned, 1000).rotationMm).toBeCloseTo(500 * toRadians(2), 10)
  })
})
