import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type UserErrorCode } from '../../contract/errors.js'
import { type Camera } from '../../contract/files/camera.js'
import { intrinsicNumbers, projectPoint, rayInWorld } from '../camera.js'
import { add, affine, cross, distance, dot, scale, subtract } from '../matrix.js'
import { rotationFromVector } from '../rigid.js'
import { parseCalibrationText } from './calibration-text.js'
import { readCameraFile } from './read-camera-file.js'

const calibration = (changes: Record<string, string> = {}) => {
  const sections: Record<string, string> = {
    'image size': '640,480',
    'camera matrix': '4000.5,0,310.25\n0,4010.5,251.5\n0,0,1',
    rotation: '0.8,0,0.6\n0,1,0\n-0.6,0,0.8',
    translation: '-10.5\n20.25\n900',
    ...changes,
  }
  return Object.entries(sections)
    .map(([heading, numbers]) => `${heading}\n${numbers}\n`)
    .join('\n')
}

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'camera files ä '))
})
afterAll(async () => {
  await rm(folder, { recursive: true })
})
const read = async (name: string, text: string): Promise<Camera> => {
  const path = join(folder, name)
  await writeFile(path, text)
  return readCameraFile(path)
}

describe('calibration text', () => {
  it('gives the camera that its OpenCV form means', async () => {
    const camera = await read('cam.txt', calibration())
    expect(camera.imageSize).toEqual({ width: 640, height: 480 })
    expect(intrinsicNumbers(camera)).toEqual({ fx: 4000.5, fy: 4010.5, cx: 310.25, cy: 251.5 })
    // x_camera = (0.8*10 + 0.6*30 - 10.5, 5 + 20.25, -0.6*10 + 0.8*30 + 900)
    const { pixel, depthMm } = projectPoint(camera, [10, 5, 30])
    expect(depthMm).toBeCloseTo(918, 12)
    expect(pixel[0]).toBeCloseTo((4000.5 * 15.5) / 918 + 310.25, 10)
    expect(pixel[1]).toBeCloseTo((4010.5 * 25.25) / 918 + 251.5, 10)
  })

  it('may have Windows line ends, blanks between numbers and a byte order mark', async () => {
    const text = `\uFEFF${calibration().replaceAll(',', ' ').replaceAll('\n', '\r\n')}`
    expect(await read('cam windows.txt', text)).toEqual(await read('cam.txt', calibration()))
  })

  it.each<[string, Record<string, string>, UserErrorCode, RegExp]>([
    ['a short matrix', { rotation: '1,0,0\n0,1,0' }, 'file-truncated', /6 numbers below "rotation" where 9/],
    ['a mirroring rotation', { rotation: '1,0,0\n0,1,0\n0,0,-1' }, 'geometry-invalid', /mirrors/],
    ['a singular camera matrix', { 'camera matrix': '0,0,3\n0,5,3\n0,0,1' }, 'geometry-invalid', /singular/],
    ['distortion terms', { distortion: '0.1,0,0' }, 'format-unsupported', /"distortion" is neither/],
    ['half a pixel', { 'image size': '640.5,480' }, 'geometry-invalid', /640.5 x 480/],
  ])('with %s is refused', (_, changes, code, words) => {
    const parse = () => parseCalibrationText(calibration(changes), 'cam.txt')
    expect(parse).toThrow(words)
    expect(parse).toThrow(expect.objectContaining({ code }))
  })
})

describe('camera@1', () => {
  const camera: Camera = {
    schema: 'isocenter/camera@1',
    frame: 'LPS',
    imageSize: { width: 256, height: 200 },
    intrinsics: [
      [5000, 0, 120],
      [0, 4000, 99],
      [0, 0, 1],
    ],
    pixelSpacingMm: [0.2, 0.25],
    cameraFromWorld: affine(rotationFromVector([0.1, 0.2, 0.3]), [1, 2, 3]),
  }

  it('comes back as it was written', async () => {
    expect(await read('a.camera.json', JSON.stringify(camera))).toEqual(camera)
  })

  it.each<[string, string, UserErrorCode, RegExp]>([
    ['half a file', JSON.stringify(camera).slice(0, 90), 'file-unreadable', /not valid JSON/],
    [
      'another schema',
      JSON.stringify({ schema: 'isocenter/pose@1' }),
      'format-unsupported',
      /schema is "isocenter\/pose@1"/,
    ],
    ['no schema', '[1, 2]', 'format-unsupported', /schema is missing/],
    [
      'a missing matrix',
      JSON.stringify({ ...camera, intrinsics: undefined }),
      'geometry-invalid',
      /"intrinsics"/,
    ],
    [
      'a stretched pose',
      JSON.stringify({
        ...camera,
        cameraFromWorld: affine(
          [
            [2, 0, 0],
            [0, 1, 0],
            [0, 0, 1],
          ],
          [0, 0, 0],
        ),
      }),
      'geometry-invalid',
      /perpendicular unit/,
    ],
    ['nothing', ' \n', 'file-unreadable', /is empty/],
    ['another text', 'hello', 'format-unknown', /no camera file that is known/],
  ])('as %s is refused', async (_, text, code, words) => {
    await expect(read('b.camera.json', text)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(words) as string,
    })
  })

  it('is refused where there is no such file', async () => {
    await expect(readCameraFile(join(folder, 'absent.json'))).rejects.toMatchObject({
      code: 'file-not-found',
    })
    await expect(readCameraFile(folder)).rejects.toMatchObject({ code: 'file-unreadable' })
  })
})

const wrist = resolve(process.env['XRAY_TEST_DATA'] ?? '../shared/data', 'wrist-biplane/calibration')
const hasWrist = existsSync(wrist)
if (!hasWrist) console.log(`skipped: real calibrations of two views are not at ${wrist}`)

describe.skipIf(!hasWrist)('the calibrations of a real biplane laboratory', () => {
  it('place two cameras whose views cross', async () => {
    const [first, second] = await Promise.all(
      ['xr_calib_wrist_cam01.txt', 'xr_calib_wrist_cam02.txt'].map((name) =>
        readCameraFile(join(wrist, name)),
      ),
    )
    const centre = (camera: Camera) => rayInWorld(camera, [880, 880])
    const [a, b] = [centre(first), centre(second)]
    const between = subtract(b.source, a.source)
    const normal = cross(a.direction, b.direction)
    // The rays through the middles of both images pass each other within the field of a wrist.
    expect(Math.abs(dot(between, normal)) / Math.hypot(...normal)).toBeLessThan(50)
    const along = dot(cross(between, b.direction), normal) / dot(normal, normal)
    const meeting = add(a.source, scale(a.direction, along))
    for (const camera of [first, second]) {
      const { pixel } = projectPoint(camera, meeting)
      expect(Math.hypot(pixel[0] - 880, pixel[1] - 880)).toBeLessThan(400)
    }
    expect(distance(a.source, b.source)).toBeGreaterThan(500)
  })
})
