import { describe, expect, it } from 'vitest'
import { type Camera } from '../contract/files/camera.js'
import { assertCamera } from './assert-camera.js'
import {
  cameraFromNumbers,
  cropCamera,
  imageCentre,
  mirrorColumns,
  pixelInWorld,
  projectPoint,
  rayInWorld,
  scaleCamera,
  sourceInWorld,
  sourceToDetectorMm,
  viewDirectionInWorld,
} from './camera.js'
import { add, affine, diagonal3, distance, scale } from './matrix.js'
import { rotationFromVector } from './rigid.js'

const offCentre: Camera = {
  ...cameraFromNumbers({
    imageSize: { width: 301, height: 200 },
    sddMm: 1020,
    pixelSpacingMm: [0.5, 0.8],
    principalPoint: [170.25, 64],
  }),
  cameraFromWorld: affine(rotationFromVector([0.4, -1.1, 0.3]), [12, -35, 700]),
}
const point = [14, 22, -9] as const

describe('a camera', () => {
  it('sees a point 10 mm to the side at half the detector distance magnified twice', () => {
    const camera = cameraFromNumbers({
      imageSize: { width: 100, height: 80 },
      sddMm: 1000,
      pixelSpacingMm: [0.5, 2],
    })
    expect(projectPoint(camera, [10, -10, 500])).toEqual({ pixel: [49.5 + 40, 39.5 - 10], depthMm: 500 })
  })

  it('back-projects the pixel of a point onto a ray through that point', () => {
    const { pixel, depthMm } = projectPoint(offCentre, point)
    expect(distance(pixelInWorld(offCentre, pixel, depthMm), point)).toBeLessThan(1e-12)
    const { source, direction } = rayInWorld(offCentre, pixel)
    expect(distance(add(source, scale(direction, distance(source, point))), point)).toBeLessThan(1e-11)
    expect(projectPoint(offCentre, sourceInWorld(offCentre)).depthMm).toBeCloseTo(0, 12)
  })

  it('looks through its principal point', () => {
    const { direction } = rayInWorld(offCentre, [170.25, 64])
    expect(distance(direction, viewDirectionInWorld(offCentre))).toBeLessThan(1e-15)
    expect(sourceToDetectorMm(offCentre)).toBe(1020)
  })

  it('keeps the detector in place when it is cropped', () => {
    const cropped = cropCamera(offCentre, 40, 11, 200, 150)
    const { pixel } = projectPoint(offCentre, point)
    expect(projectPoint(cropped, point).pixel).toEqual([pixel[0] - 40, pixel[1] - 11])
  })

  it('keeps the corners of the field in place when it is resampled, and undoes it', () => {
    const coarse = scaleCamera(offCentre, 64, 50)
    for (const [right, bottom] of [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ]) {
      const corner = pixelInWorld(offCentre, [right * 301 - 0.5, bottom * 200 - 0.5], 1020)
      const coarseCorner = pixelInWorld(coarse, [right * 64 - 0.5, bottom * 50 - 0.5], 1020)
      expect(distance(corner, coarseCorner)).toBeLessThan(1e-11)
    }
    expect(sourceToDetectorMm(coarse)).toBeCloseTo(1020, 10)
    const back = projectPoint(scaleCamera(coarse, 301, 200), point).pixel
    const { pixel } = projectPoint(offCentre, point)
    expect(Math.hypot(back[0] - pixel[0], back[1] - pixel[1])).toBeLessThan(1e-11)
  })

  it('reads mirrored columns from the right', () => {
    expect(mirrorColumns(mirrorColumns(offCentre))).toEqual(offCentre)
    expect(mirrorColumns(offCentre).intrinsics[0][2]).toBe(300 - 170.25)
    expect(imageCentre({ width: 301, height: 200 })).toEqual([150, 99.5])
  })
})

describe('assertCamera', () => {
  const intrinsic = (intrinsics: Camera['intrinsics']): Camera => ({
    ...offCentre,
    pixelSpacingMm: undefined,
    intrinsics,
  })
  it.each([
    [
      'singular',
      intrinsic([
        [0, 0, 5],
        [0, 9, 5],
        [0, 0, 1],
      ]),
      /singular/,
    ],
    [
      'negative',
      intrinsic([
        [9, 0, 5],
        [0, -9, 5],
        [0, 0, 1],
      ]),
      /negative/,
    ],
    [
      'not finite',
      intrinsic([
        [Number.NaN, 0, 5],
        [0, 9, 5],
        [0, 0, 1],
      ]),
      /not numbers/,
    ],
    [
      'skewed',
      intrinsic([
        [900, 1, 5],
        [0, 900, 5],
        [0, 0, 1],
      ]),
      /skew/,
    ],
    [
      'projective',
      intrinsic([
        [900, 0, 5],
        [0, 900, 5],
        [0, 0, 2],
      ]),
      /last row/,
    ],
    [
      'looking past the image',
      intrinsic([
        [900, 0, 90000],
        [0, 900, 5],
        [0, 0, 1],
      ]),
      /principal point/,
    ],
    ['with swapped pitch', { ...offCentre, pixelSpacingMm: [0.8, 0.5] as const }, /contradict/],
    [
      'not rigid',
      { ...offCentre, cameraFromWorld: affine(diagonal3(1, 1, 2), [0, 0, 0]) },
      /cameraFromWorld of view 2/,
    ],
  ])('refuses a camera that is %s', (_, camera, words) => {
    expect(() => {
      assertCamera(camera, 'View 2')
    }).toThrow(words)
  })

  it('accepts non-square pixels and a principal point off the centre, and outside a crop', () => {
    assertCamera(offCentre)
    assertCamera(cropCamera(offCentre, 0, 0, 16, 16))
    expect(cropCamera(offCentre, 0, 0, 16, 16).intrinsics).toEqual(offCentre.intrinsics)
  })
})
