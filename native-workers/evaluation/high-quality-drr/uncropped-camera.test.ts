import { describe, expect, it } from 'vitest'
import { cameraFromNumbers, cropCamera, mirrorColumns, projectPoint } from '../../geometry/camera.js'
import { xraySourceSchema } from '../../contract/operations/sources.js'
import { uncroppedCamera } from './uncropped-camera.js'

const whole = cameraFromNumbers({
  imageSize: { width: 120, height: 90 },
  sddMm: 1000,
  pixelSpacingMm: [0.5, 0.4],
  principalPoint: [50, 48],
})
const picture = { width: 1, height: 1, pixels: new Float32Array(1), valid: new Uint8Array(1) }
const viewOf = (camera: typeof whole, crop: number, mirroredColumns: boolean) => ({
  name: '',
  camera,
  picture,
  xray: xraySourceSchema.parse({ path: 'x', preprocessing: { crop } }),
  mirroredColumns,
})

describe('uncroppedCamera', () => {
  it.each([0, 10, 7])('undoes a crop of %i pixels', (crop) => {
    const before = Math.floor(crop / 2)
    const cropped = cropCamera(whole, before, before, 120 - crop, 90 - crop)
    expect(uncroppedCamera(viewOf(cropped, crop, false))).toEqual(whole)
  })

  it('knows on which side an odd crop took less, also where the columns were reversed afterwards', () => {
    const cropped = cropCamera(whole, 3, 3, 113, 83)
    const found = uncroppedCamera(viewOf(mirrorColumns(cropped), 7, true))
    const [u, v] = projectPoint(whole, [12, -9, 800]).pixel
    expect(projectPoint(found, [-12, -9, 800]).pixel[0]).toBeCloseTo(119 - u, 10)
    expect(projectPoint(found, [-12, -9, 800]).pixel[1]).toBeCloseTo(v, 10)
    expect(found.imageSize).toEqual(whole.imageSize)
  })
})
