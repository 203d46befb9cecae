import { describe, expect, it } from 'vitest'
import { cameraFromNumbers } from '../geometry/camera.js'
import { identity4 } from '../geometry/math.js'
import { reprojectionError, rootMeanSquare } from './reprojection.js'

const camera = cameraFromNumbers({
  imageSize: { width: 200, height: 100 },
  sourceToDetectorMm: 1000,
  pixelSpacingMm: [0.5, 0.25],
  principalPoint: [99.5, 49.5],
  cameraFromWorld: identity4,
})

describe('the reprojection error', () => {
  it('is told in pixels, on the detector and in the patient', () => {
    // At half the way to the detector everything is magnified twofold.
    const error = reprojectionError(camera, identity4, [1, 0, 500], [99.5, 49.5])
    expect(error?.pixel).toEqual([103.5, 49.5])
    expect(error?.pixels).toBeCloseTo(4, 12)
    expect(error?.detectorMm).toBeCloseTo(2, 12)
    expect(error?.patientMm).toBeCloseTo(1, 12)
    const along = reprojectionError(camera, identity4, [0, 1, 500], [99.5, 49.5])
    expect(along?.pixels).toBeCloseTo(8, 12)
    expect(along?.patientMm).toBeCloseTo(1, 12)
  })

  it('has no millimetres on a detector of unknown pitch, and none behind the source', () => {
    const { schema, frame, imageSize, intrinsics, cameraFromWorld } = camera
    const blind = { schema, frame, imageSize, intrinsics, cameraFromWorld }
    const error = reprojectionError(blind, identity4, [1, 0, 500], [99.5, 49.5])
    expect(error?.detectorMm).toBeNull()
    expect(error?.patientMm).toBeCloseTo(1, 12)
    expect(reprojectionError(camera, identity4, [0, 0, -5], [0, 0])).toBeNull()
  })

  it('is summed up as root mean square', () => {
    const error = (pixels: number, detectorMm: number | null) => ({ pixels, detectorMm, patientMm: 1 })
    expect(rootMeanSquare([])).toBeNull()
    expect(rootMeanSquare([error(3, 6), error(4, 8)])?.pixels).toBeCloseTo(Math.sqrt(12.5), 12)
    expect(rootMeanSquare([error(3, 6), error(4, null)])?.detectorMm).toBeNull()
  })
})
