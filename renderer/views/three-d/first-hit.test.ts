import { describe, expect, it } from 'vitest'
import type { VolumeGrid } from '../../../native-workers/contract/operations/volume.js'
import { boundsMm } from '../../geometry/grid.js'
import { length, subtract } from '../../geometry/math.js'
import { firstHit, valueSampler } from './first-hit.js'
import { rayThrough, seenAt, type Eye } from './viewing-ray.js'

const eye: Eye = {
  positionMm: [30, -400, 120],
  focalPointMm: [5, 3, 20],
  viewUp: [0, 0, 1],
  viewAngleDeg: 30,
}
const size = { width: 640, height: 400 }

describe('the viewing ray', () => {
  it('goes through what is seen at a point of the screen', () => {
    for (const at of [
      { x: 320, y: 200 },
      { x: 17, y: 380 },
    ]) {
      const { originMm, direction } = rayThrough(eye, size, at)
      expect(length(direction)).toBeCloseTo(1, 12)
      const [x, y, z] = direction
      const seen = seenAt(eye, size, [originMm[0] + 300 * x, originMm[1] + 300 * y, originMm[2] + 300 * z])
      expect(seen?.x).toBeCloseTo(at.x, 8)
      expect(seen?.y).toBeCloseTo(at.y, 8)
    }
  })

  it('sees the patient’s head above and the left on the right, from the front', () => {
    const middle = seenAt(eye, size, eye.focalPointMm)
    expect(middle?.x).toBeCloseTo(320, 8)
    expect(seenAt(eye, size, [5, 3, 60])?.y).toBeLessThan(200)
    expect(seenAt(eye, size, [45, 3, 20])?.x).toBeGreaterThan(320)
    expect(seenAt(eye, size, [60, -900, 220])).toBeNull()
  })
})

const grid: VolumeGrid = {
  size: [41, 41, 41],
  spacingMm: [1, 1, 1],
  originMm: [-20, -20, -20],
  direction: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
}
/** A ball of radius 10: the value falls by 10 per mm from its middle. */
const voxels = Int16Array.from({ length: 41 ** 3 }, (_, n) => {
  const [i, j, k] = [(n % 41) - 20, (Math.floor(n / 41) % 41) - 20, Math.floor(n / 41 ** 2) - 20]
  return Math.round(200 - 10 * Math.hypot(i, j, k))
})

describe('the first hit', () => {
  const value = valueSampler({ grid, voxels })
  const isInside = (pointMm: readonly [number, number, number]): boolean => value(pointMm) >= 100

  it('lies on the near side of the surface', () => {
    const ray = rayThrough({ ...eye, focalPointMm: [0, 0, 0] }, size, { x: 320, y: 200 })
    const hit = firstHit(ray, boundsMm(grid), 0.5, isInside)
    expect(hit).not.toBeNull()
    if (hit === null) return
    expect(length(hit)).toBeCloseTo(10, 0)
    expect(length(subtract(hit, eye.positionMm))).toBeLessThan(length(eye.positionMm))
    expect(value(hit)).toBeCloseTo(100, 0)
  })

  it('is none beside the ball and beside the CT', () => {
    const past = { originMm: [-100, 0, 15] as const, direction: [1, 0, 0] as const }
    expect(firstHit(past, boundsMm(grid), 0.5, isInside)).toBeNull()
    expect(firstHit({ ...past, originMm: [-100, 0, 50] }, boundsMm(grid), 0.5, () => true)).toBeNull()
    expect(value([0, 0, 21])).toBe(-Infinity)
  })
})
