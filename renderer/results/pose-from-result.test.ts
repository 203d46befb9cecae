import { describe, expect, it } from 'vitest'
import type { SavedRegistrationResult } from '../../native-workers/contract/files/registration-result.js'
import { cameraFromNumbers } from '../geometry/camera.js'
import { compose, identity4, largestDifference, multiply4, rotationFromVector } from '../geometry/math.js'
import { poseFromResult } from './pose-from-result.js'

const camera = (cameraFromWorld = identity4) =>
  cameraFromNumbers({
    imageSize: { width: 100, height: 80 },
    sourceToDetectorMm: 1000,
    pixelSpacingMm: [1, 1],
    principalPoint: [49.5, 39.5],
    cameraFromWorld,
  })
const worldFromVolume = compose(rotationFromVector([0.1, 0.2, 0.3]), [1, 2, 700])
const result: SavedRegistrationResult = {
  schema: 'isocenter/registration@1',
  frame: 'LPS',
  created: '',
  version: '',
  initial: { worldFromVolume: identity4 },
  final: { worldFromVolume },
  isocentreMm: [0, 0, 0],
  views: [
    { xray: 'a.png', camera: camera(), cameraFromVolume: worldFromVolume, similarity: null, notes: [] },
  ],
  trajectory: [],
  renders: 0,
  secondsPerPhase: {},
  confidence: null,
  verdict: { level: 'good', reasons: [] },
  settings: {
    views: [{ xray: { path: '/a.png' }, camera: { kind: 'camera', camera: camera() } }],
    volume: { path: '/ct.nii' },
    initial: { kind: 'dicom' },
  },
  inputs: [],
  warnings: [],
}

describe('poseFromResult', () => {
  it('shows the shared X-ray the same CT, whatever its world is now', () => {
    const cameraFromWorld = compose(rotationFromVector([0, 0.5, 0]), [10, 0, 5])
    const pose = poseFromResult(result, [
      { source: { path: '/b.png' }, camera: camera() },
      { source: { path: '/a.png' }, camera: camera(cameraFromWorld) },
    ])
    expect(largestDifference(multiply4(cameraFromWorld, pose), worldFromVolume)).toBeLessThan(1e-9)
  })

  it('is the pose as it stands where no X-ray is shared', () => {
    expect(poseFromResult(result, [{ source: { path: '/b.png' }, camera: camera() }])).toBe(worldFromVolume)
  })
})
