import { describe, expect, it } from 'vitest'
import type { SavedRegistrationResult } from '../../native-workers/contract/files/registration-result.js'
import type { Matrix4 } from '../../native-workers/contract/matrix.js'
import { cameraFromNumbers } from '../geometry/camera.js'
import { compose, identity4, multiply4, radians, rotationFromVector } from '../geometry/math.js'
import { compareResults, cubePoints, poseDifference } from './compare-results.js'

const camera = (cameraFromWorld: Matrix4) =>
  cameraFromNumbers({
    imageSize: { width: 100, height: 80 },
    sourceToDetectorMm: 1000,
    pixelSpacingMm: [1, 1],
    principalPoint: [49.5, 39.5],
    cameraFromWorld,
  })

interface Given {
  readonly xrays: readonly string[]
  readonly worldFromVolume: Matrix4
  readonly cameraFromWorld?: Matrix4
  readonly volume?: string
}

function result({ xrays, worldFromVolume, cameraFromWorld = identity4, volume = 'ct' }: Given) {
  return {
    schema: 'isocenter/registration@1',
    frame: 'LPS',
    created: '2026-01-01T10:00:00.000Z',
    version: '',
    initial: { worldFromVolume },
    final: { worldFromVolume },
    isocentreMm: [0, 0, 0],
    views: xrays.map((xray) => ({
      xray,
      camera: camera(cameraFromWorld),
      cameraFromVolume: multiply4(cameraFromWorld, worldFromVolume),
      similarity: null,
      notes: [],
    })),
    trajectory: [],
    renders: 1,
    secondsPerPhase: {},
    confidence: null,
    verdict: { level: 'good', reasons: [] },
    settings: null,
    inputs: [
      { role: 'volume', path: '', sha256: volume, bytes: 1 },
      ...xrays.map((sha256, n) => ({ role: `xray ${n + 1}`, path: '', sha256, bytes: 1 })),
    ],
    warnings: [],
  } satisfies SavedRegistrationResult
}

const turned = compose(rotationFromVector([0, radians(5), 0]), [3, 0, -4])

describe('poseDifference', () => {
  it('gives the turn, the shift in camera axes, and the mean distance of the points', () => {
    const moved = poseDifference(identity4, turned, [0, 0, 0], [[0, 0, 0]])
    expect(moved.rotationDeg).toBeCloseTo(5, 10)
    expect(moved.shiftMm).toBeCloseTo(5, 10)
    expect(moved.shiftInCameraMm).toEqual([3, 0, -4])
    expect(moved.mTreMm).toBeCloseTo(5, 10)
    const shifted = compose(rotationFromVector([0, 0, 0]), [0, 0, 2])
    expect(poseDifference(identity4, shifted, [1, 2, 3], cubePoints([1, 2, 3])).mTreMm).toBeCloseTo(2, 10)
  })
})

describe('compareResults', () => {
  it('compares through the X-ray that both saw, though their worlds differ', () => {
    const worldChange = compose(rotationFromVector([0.3, 0, 0.2]), [10, 20, 30])
    const a = result({ xrays: ['ap'], worldFromVolume: identity4 })
    const inOtherWorld = multiply4(worldChange, turned)
    const inverse = compose(rotationFromVector([-0.3, 0, -0.2]), [0, 0, 0])
    const back = multiply4(inverse, compose(rotationFromVector([0, 0, 0]), [-10, -20, -30]))
    const b = result({ xrays: ['lateral', 'ap'], worldFromVolume: inOtherWorld, cameraFromWorld: back })
    const compared = compareResults(a, b, [])
    expect(compared).toMatchObject({ kind: 'compared', view: { first: 0, second: 1 } })
    expect(compared.kind === 'compared' && compared.difference.rotationDeg).toBeCloseTo(5, 6)
  })

  it('does not compare poses of different CTs or of X-rays that have nothing to do with each other', () => {
    const a = result({ xrays: ['ap'], worldFromVolume: identity4 })
    expect(
      compareResults(a, result({ xrays: ['ap'], worldFromVolume: turned, volume: 'other' }), []).kind,
    ).toBe('other-volume')
    expect(compareResults(a, result({ xrays: ['lateral'], worldFromVolume: turned }), []).kind).toBe(
      'no-shared-xray',
    )
  })
})
