import { describe, expect, it } from 'vitest'
import { cameraFromNumbers, sourceToDetectorMm } from './camera.js'
import { uncropped, withPixelSpacing, withPrincipalPoint, withSourceToDetector } from './camera-edits.js'
import { identity4 } from './math.js'

const camera = cameraFromNumbers({
  imageSize: { width: 200, height: 100 },
  sourceToDetectorMm: 1000,
  pixelSpacingMm: [1, 2],
  principalPoint: [99.5, 49.5],
  cameraFromWorld: identity4,
})

describe('edits of a camera', () => {
  it('change the focal length with the detector distance', () => {
    const longer = withSourceToDetector(camera, 1200)
    expect(longer.intrinsics[0][0]).toBe(1200)
    expect(longer.intrinsics[1][1]).toBe(600)
  })

  it('keep the detector distance when the pitch changes', () => {
    const finer = withPixelSpacing(camera, [0.5, 0.5])
    expect(sourceToDetectorMm(finer)).toBe(1000)
    expect(finer.intrinsics[1][1]).toBe(2000)
  })

  it('change only the principal point', () => {
    const moved = withPrincipalPoint(camera, [90, 40])
    expect(moved.intrinsics).toEqual([
      [1000, 0, 90],
      [0, 500, 40],
      [0, 0, 1],
    ])
  })

  it('give back the pixels that a crop removed', () => {
    const original = uncropped(camera, 10)
    expect(original.imageSize).toEqual({ width: 210, height: 110 })
    expect(original.intrinsics[0][2]).toBe(104.5)
  })

  it('do nothing to the distance of a camera without a pitch', () => {
    const bare = { ...camera, pixelSpacingMm: undefined }
    expect(withSourceToDetector(bare, 1500)).toBe(bare)
  })
})
