import { describe, expect, it } from 'vitest'
import { cameraFromNumbers } from '../geometry/camera.js'
import { identity4 } from '../geometry/math.js'
import { detectorOfCamera } from './detector.js'

const camera = cameraFromNumbers({
  imageSize: { width: 1024, height: 768 },
  sourceToDetectorMm: 1020,
  pixelSpacingMm: [0.3, 0.35],
  principalPoint: [511.5, 383.5],
  cameraFromWorld: identity4,
})

describe('detectorOfCamera', () => {
  it('covers the longer side of the X-ray', () => {
    expect(detectorOfCamera(camera, 128)).toEqual({ sddMm: 1020, delxMm: 2.4 })
    expect(detectorOfCamera(camera, 64)).toEqual({ sddMm: 1020, delxMm: 4.8 })
  })

  it('is unknown without a pixel pitch', () => {
    expect(detectorOfCamera({ ...camera, pixelSpacingMm: undefined }, 128)).toBeNull()
  })
})
