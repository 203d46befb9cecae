import { describe, expect, it } from 'vitest'
import type { Vector3 } from '../../native-workers/contract/matrix.js'
import { fitPerspective } from './fit-perspective.js'
import { dot, subtract } from './math.js'

const up: Vector3 = [0, 0, 1]
const scene: readonly Vector3[] = [
  [-700, 20, 40],
  [300, -80, 900],
  [50, 260, -120],
  [120, 40, 30],
]

/** Where a point is seen from an eye that looks along +y: 1 is the border of the picture. */
function seen(point: Vector3, eye: Vector3, slopeX: number, slopeY: number): [number, number] {
  const [x, y, z] = subtract(point, eye)
  return [x / y / slopeX, z / y / slopeY]
}

describe('fitPerspective', () => {
  it('shows every point, touching the used part of the picture on two opposite sides', () => {
    const view = { viewAngleDeg: 30, aspect: 0.7, fill: 0.9 }
    const { positionMm } = fitPerspective(scene, [0, 0, 0], [0, -1, 0], up, view)
    const slope = Math.tan((15 * Math.PI) / 180)
    const places = scene.map((point) => seen(point, positionMm, slope * 0.7, slope))
    const xs = places.map(([x]) => x)
    const ys = places.map(([, y]) => y)
    for (const place of [...xs, ...ys]) expect(Math.abs(place)).toBeLessThan(0.9 + 1e-9)
    const spans = [Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)]
    expect(Math.max(...spans)).toBeCloseTo(1.8, 9)
  })

  it('puts the focal point on the optical axis beside the pivot', () => {
    const towardsEye: Vector3 = [1.2, -1.2, 0.5]
    const pivot: Vector3 = [50, 60, 70]
    const view = { viewAngleDeg: 30, aspect: 1.5, fill: 1 }
    const { positionMm, focalPointMm } = fitPerspective(scene, pivot, towardsEye, up, view)
    const axis = subtract(focalPointMm, positionMm)
    expect(dot(axis, towardsEye)).toBeCloseTo(-Math.hypot(...axis) * Math.hypot(...towardsEye), 6)
    expect(dot(subtract(pivot, focalPointMm), towardsEye)).toBeCloseTo(0, 6)
  })
})
