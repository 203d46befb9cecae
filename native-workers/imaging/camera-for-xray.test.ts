import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Camera } from '../contract/files/camera.js'
import { identity4 } from '../geometry/matrix.js'
import { cameraForXray } from './camera-for-xray.js'
import { temporaryFolder } from './testing/temporary-folder.js'
import { type XrayImage } from './xray-image.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const image: XrayImage = {
  width: 40,
  height: 30,
  pixels: new Float32Array(1200),
  tags: { frames: 1, sourceToDetectorMm: 1000 },
  detectorPitchMm: [0.5, 0.25],
  issues: [],
  format: 'DICOM DX',
}
const uncropped = { width: 40, height: 30, cropOffset: { left: 0, top: 0 } }
const camera: Camera = {
  schema: 'isocenter/camera@1',
  frame: 'LPS',
  imageSize: { width: 40, height: 30 },
  intrinsics: [
    [2000, 0, 21],
    [0, 2000, 14],
    [0, 0, 1],
  ],
  cameraFromWorld: identity4,
}

describe('cameraForXray', () => {
  it('takes distance and pitch of the tags, and the middle as the principal point', async () => {
    const { intrinsics, imageSize } = await cameraForXray({ kind: 'numbers' }, image, uncropped)
    expect(intrinsics).toEqual([
      [2000, 0, 19.5],
      [0, 4000, 14.5],
      [0, 0, 1],
    ])
    expect(imageSize).toEqual({ width: 40, height: 30 })
  })

  it('given numbers go before tags, and a crop moves the principal point', async () => {
    const source = { kind: 'numbers', sddMm: 500, pixelSpacingMm: [1, 1], principalPoint: [10, 12] } as const
    const cropped = { width: 30, height: 20, cropOffset: { left: 5, top: 5 } }
    const { intrinsics, imageSize } = await cameraForXray(source, image, cropped)
    expect(intrinsics).toEqual([
      [500, 0, 5],
      [0, 500, 7],
      [0, 0, 1],
    ])
    expect(imageSize).toEqual({ width: 30, height: 20 })
  })

  it.each([
    [{ tags: { frames: 1 } }, 'source-to-detector distance', '--sdd MM', '--pixel-spacing'],
    [{ detectorPitchMm: undefined }, 'pixel spacing', '--pixel-spacing X,Y', '--sdd'],
  ])('names what is missing and the option that gives it', async (change, what, option, notOption) => {
    const error: unknown = await cameraForXray({ kind: 'numbers' }, { ...image, ...change }, uncropped).catch(
      (reason: unknown) => reason,
    )
    expect(error).toMatchObject({
      code: 'geometry-missing',
      message: expect.stringContaining(what) as string,
      hint: expect.stringContaining(option) as string,
    })
    expect(error).not.toMatchObject({ hint: expect.stringContaining(notOption) as string })
  })

  it('a given camera must have the size of the whole X-ray', async () => {
    const other = { ...camera, imageSize: { width: 30, height: 40 } }
    await expect(cameraForXray({ kind: 'camera', camera: other }, image, uncropped)).rejects.toMatchObject({
      code: 'geometry-invalid',
      message: expect.stringContaining('30 x 40 pixels, but the X-ray has 40 x 30') as string,
    })
  })

  it('a singular camera is refused', async () => {
    const singular: Camera = {
      ...camera,
      intrinsics: [
        [0, 0, 20],
        [0, 2000, 15],
        [0, 0, 1],
      ],
    }
    await expect(cameraForXray({ kind: 'camera', camera: singular }, image, uncropped)).rejects.toMatchObject(
      {
        code: 'geometry-invalid',
      },
    )
  })

  it('reads a camera file', async () => {
    const path = folder.file('kamera.camera.json')
    await writeFile(path, JSON.stringify(camera))
    expect((await cameraForXray({ kind: 'file', path }, image, uncropped)).intrinsics[0][2]).toBe(21)
  })
})
