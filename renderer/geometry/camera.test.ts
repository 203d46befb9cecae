import { describe, expect, it } from 'vitest'
import type { Camera } from '../../native-workers/contract/files/camera.js'
import {
  backProject,
  cameraFromNumbers,
  detectorCornersMm,
  project,
  reduceCamera,
  sourceToDetectorMm,
} from './camera.js'
import { identity4, length, subtract } from './math.js'

const camera: Camera = cameraFromNumbers({
  imageSize: { width: 600, height: 400 },
  sourceToDetectorMm: 1020,
  pixelSpacingMm: [0.5, 0.6],
  principalPoint: [310, 190],
  cameraFromWorld: identity4,
})

describe('the window’s camera', () => {
  it('projects what it back-projects', () => {
    const pixel = project(camera, backProject(camera, [12.25, 333], 745))
    expect(pixel?.[0]).toBeCloseTo(12.25, 10)
    expect(pixel?.[1]).toBeCloseTo(333, 10)
  })

  it('has no pixel for a point behind the source', () => {
    expect(project(camera, [0, 0, -1])).toBeNull()
  })

  it('keeps the picture’s edges on the same rays when it is reduced', () => {
    const reduced = reduceCamera(camera, 256)
    expect(reduced.imageSize).toEqual({ width: 256, height: 171 })
    const full = detectorCornersMm(camera, 1020)
    const small = detectorCornersMm(reduced, 1020)
    full.forEach((corner, i) => {
      expect(length(subtract(corner, small[i] ?? [NaN, NaN, NaN]))).toBeLessThan(1e-9)
    })
    expect(sourceToDetectorMm(reduced)).toBeCloseTo(1020, 9)
  })

  it('is never enlarged', () => {
    expect(reduceCamera(camera, 4096).imageSize).toEqual(camera.imageSize)
  })

  it('has no detector distance without a pixel pitch', () => {
    expect(sourceToDetectorMm({ ...camera, pixelSpacingMm: undefined })).toBeNull()
  })
})
