import { describe, expect, it } from 'vitest'
import { unit } from '../../geometry/math.js'
import { alongAxisMm, onFacingPlaneMm } from './box-drag.js'

const eye = [10, -200, 30] as const
const towards = (x: number, y: number, z: number) => ({
  pointMm: eye,
  direction: unit([x - eye[0], y - eye[1], z - eye[2]]),
})

describe('a handle under the pointer', () => {
  it('follows it along its axis', () => {
    expect(alongAxisMm([0, 0, 0], [1, 0, 0], towards(25, 0, 0))).toBeCloseTo(25, 9)
    // Beside the axis the nearest place of it counts.
    expect(alongAxisMm([0, 0, 5], [0, 0, 1], { pointMm: [0, -100, 40], direction: [0, 1, 0] })).toBeCloseTo(
      35,
      9,
    )
  })

  it('stays where its axis points at the eye', () => {
    expect(alongAxisMm([0, 0, 0], [0, 1, 0], { pointMm: [0, -100, 0], direction: [0, 1, 0] })).toBeNull()
  })

  it('moves on the plane that faces the eye', () => {
    const point = onFacingPlaneMm([0, 0, 0], [0, 1, 0], towards(12, 0, -7))
    expect(point?.map((value) => Math.round(value * 1e9) / 1e9)).toEqual([12, 0, -7])
    expect(onFacingPlaneMm([0, 0, 0], [0, 0, 1], { pointMm: [0, 0, 9], direction: [1, 0, 0] })).toBeNull()
  })
})
