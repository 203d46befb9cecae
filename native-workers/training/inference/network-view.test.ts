import { describe, expect, it } from 'vitest'
import { type Camera } from '../../contract/files/camera.js'
import { trainingDetectorSchema } from '../../contract/training/configuration.js'
import { cameraFromNumbers, rayInCamera } from '../../geometry/camera.js'
import { type GreyPicture } from '../../imaging/picture/area-resample.js'
import { detectorCamera } from '../sampling/network-frame.js'
import { networkView } from './network-view.js'

const detector = trainingDetectorSchema.parse({ sddMm: 1000, height: 32, delxMm: 4 })

/** A smooth field over the rays of a camera. */
function fieldAt(camera: Camera, column: number, row: number): number {
  const [x, y] = rayInCamera(camera, [column, row])
  return 10 + 30 * x - 20 * y + 400 * x * y
}

function pictureOf(camera: Camera): GreyPicture {
  const { width, height } = camera.imageSize
  const pixels = Float32Array.from({ length: width * height }, (_, n) =>
    fieldAt(camera, n % width, Math.floor(n / width)),
  )
  return { width, height, pixels, valid: new Uint8Array(width * height).fill(1) }
}

/** Largest difference from the field at the network's own rays, away from the border. */
function largestError(camera: Camera, border = 1): number {
  const { pixels } = networkView(pictureOf(camera), camera, detector)
  const network = detectorCamera(detector)
  let largest = 0
  for (let row = border; row < 32 - border; row++) {
    for (let column = border; column < 32 - border; column++) {
      const error = Math.abs(pixels[row * 32 + column] - fieldAt(network, column, row))
      largest = Math.max(largest, error)
    }
  }
  return largest
}

describe('networkView', () => {
  it('shows what the network’s own detector would, of other pixels, distances and principal points', () => {
    const fine = { imageSize: { width: 400, height: 300 }, pixelSpacingMm: [0.5, 0.7] as const }
    expect(largestError(cameraFromNumbers({ ...fine, sddMm: 1200 }))).toBeLessThan(0.02)
    expect(
      largestError(cameraFromNumbers({ ...fine, sddMm: 1200, principalPoint: [190, 160] })),
    ).toBeLessThan(0.02)
    const coarse = { imageSize: { width: 24, height: 20 }, pixelSpacingMm: [8, 9] as const }
    expect(largestError(cameraFromNumbers({ ...coarse, sddMm: 1000 }))).toBeLessThan(0.02)
  })

  it('is the X-ray itself where that is the network’s own', () => {
    const camera = detectorCamera(detector)
    const picture = pictureOf(camera)
    const { pixels, coverage } = networkView(picture, camera, detector)
    expect(pixels).toEqual(picture.pixels)
    expect(coverage).toBe(1)
  })

  it('fills what the X-ray does not show with its least value, and says how much it shows', () => {
    const camera = cameraFromNumbers({
      imageSize: { width: 64, height: 128 },
      sddMm: 1000,
      pixelSpacingMm: [1, 1],
    })
    const picture = pictureOf(camera)
    const { pixels, coverage } = networkView(picture, camera, detector)
    expect(coverage).toBeCloseTo(0.5, 1)
    expect(pixels[0]).toBeCloseTo(Math.min(...pixels), 6)
    picture.valid.fill(0)
    expect(networkView(picture, camera, detector)).toEqual({
      pixels: new Float32Array(32 * 32),
      coverage: 0,
    })
  })
})
