import { describe, expect, it } from 'vitest'
import type { SceneDocument } from '../../native-workers/contract/files/scene-document.js'
import type { Vector3 } from '../../native-workers/contract/matrix.js'
import { identity4, length, subtract, unit, cross, dot } from '../geometry/math.js'
import { orbitOf, turned } from './orbit.js'

const corner = (n: number, half: number): Vector3 => [
  n & 1 ? half : -half,
  n & 2 ? half : -half,
  n & 4 ? half : -half,
]
const scene: SceneDocument = {
  schema: 'isocenter/scene@1',
  title: '',
  facts: [],
  isocentreMm: [0, 0, 0],
  boxCornersMm: Array.from({ length: 8 }, (_, n) => corner(n, 100)),
  surface: { points: '', originMm: [0, 0, 0], stepMm: 1, triangles: '' },
  startFromFinal: identity4,
  carms: [
    {
      name: 'x-ray',
      sourceMm: [0, -700, 0],
      detectorCornersMm: [
        [-200, 300, 200],
        [200, 300, 200],
        [200, 300, -200],
        [-200, 300, -200],
      ],
      principalPointMm: [0, 300, 0],
      xray: { width: 1, height: 1, greys: '' },
    },
  ],
}
const view = { viewAngleDeg: 30, aspect: 1.5, fill: 0.9 }

describe('an orbit', () => {
  it('goes once round the long axis at one distance and height', () => {
    const eyeAt = orbitOf(scene, 'everything', view)
    const distance = (share: number) => length(subtract(eyeAt(share).positionMm, eyeAt(share).focalPointMm))
    expect(distance(0.3)).toBeCloseTo(distance(0), 6)
    expect(eyeAt(0.3).positionMm[2]).toBeCloseTo(eyeAt(0).positionMm[2], 6)
    expect(eyeAt(1).positionMm[0]).toBeCloseTo(eyeAt(0).positionMm[0], 6)
    expect(turned([1, 0, 5], Math.PI / 2)[1]).toBeCloseTo(1, 9)
  })

  it('keeps the C-arm in sight all the way round, and comes closer for the volume alone', () => {
    const eyeAt = orbitOf(scene, 'everything', view)
    const points = [
      ...scene.boxCornersMm,
      ...scene.carms.flatMap((carm) => [carm.sourceMm, ...carm.detectorCornersMm]),
    ]
    const slope = Math.tan((15 * Math.PI) / 180)
    let widest = 0
    for (let n = 0; n < 50; n++) {
      const { positionMm, focalPointMm } = eyeAt(n / 50)
      const forward = unit(subtract(focalPointMm, positionMm))
      const right = unit(cross(forward, [0, 0, 1]))
      const above = cross(right, forward)
      for (const point of points) {
        const offset = subtract(point, positionMm)
        const depth = dot(offset, forward)
        widest = Math.max(widest, Math.abs(dot(offset, right)) / (depth * slope * view.aspect))
        widest = Math.max(widest, Math.abs(dot(offset, above)) / (depth * slope))
      }
    }
    expect(widest).toBeLessThan(0.905)
    expect(widest).toBeGreaterThan(0.85)
    const near = orbitOf(scene, 'volume', view)(0)
    expect(length(near.positionMm)).toBeLessThan(length(eyeAt(0).positionMm) / 2)
  })
})
