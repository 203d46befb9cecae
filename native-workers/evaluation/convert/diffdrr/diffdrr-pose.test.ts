import { readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cameraSchema } from '../../../contract/files/camera.js'
import { pointsSchema } from '../../../contract/files/points.js'
import { poseSchema } from '../../../contract/files/pose.js'
import { type Vector3 } from '../../../contract/matrix.js'
import {
  type ConvertDiffdrrPoseInput,
  convertDiffdrrPoseInputSchema,
} from '../../../contract/operations/convert-diffdrr-pose.js'
import { projectPoint } from '../../../geometry/camera.js'
import { transformPoint } from '../../../geometry/matrix.js'
import { temporaryFolder } from '../../../imaging/testing/temporary-folder.js'
import { WrittenTensor } from '../../../imaging/torch-file/write-pickle.js'
import { writeTorchFile } from '../../../imaging/torch-file/write-torch-file.js'
import { convertDiffdrrPose } from './convert-diffdrr-pose.operation.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const context = {
  signal: new AbortController().signal,
  onProgress: () => undefined,
  onEvent: () => undefined,
}

/*
 * The conformance values of the specification (§1.3): AP, source 850 mm in front, sdd 1020, 200 x 200 pixels of 2 mm; the
 * points (50, 0, 0), (0, 0, 60), (20, -30, 10) in RAS mm are seen at these positions, which count pixel centres at halves.
 */
const pose = [
  [1, 0, 0, 0],
  [0, 1, 0, 850],
  [0, 0, 1, 0],
  [0, 0, 0, 1],
]
const intrinsics = { sdd: 1020, height: 200, width: 200, delx: 2, dely: 2, x0: 0, y0: 0 }
const seen: readonly (readonly [Vector3, readonly [number, number]])[] = [
  [
    [50, 0, 0],
    [130, 100],
  ],
  [
    [0, 0, 60],
    [100, 64],
  ],
  [
    [20, -30, 10],
    [111.5909, 94.2045],
  ],
]
const isocentreMm: Vector3 = [7, -8, 9]

function convert(name: string, options: Partial<ConvertDiffdrrPoseInput>) {
  const caseName = name.replace(/\..*/, '')
  const common = { path: folder.file(name), folder: folder.path, caseName, isocentreMm }
  return convertDiffdrrPose(convertDiffdrrPoseInputSchema.parse({ ...common, ...options }), context)
}
const readJson = async (name: string): Promise<unknown> =>
  JSON.parse(await readFile(folder.file(name), 'utf8'))

async function expectSeen(caseName: string): Promise<void> {
  const camera = cameraSchema.parse(await readJson(`${caseName}.camera.json`))
  const { worldFromVolume } = poseSchema.parse(await readJson(`${caseName}.pose.json`))
  for (const [[x, y, z], [u, v]] of seen) {
    const inVolume: Vector3 = [isocentreMm[0] - x, isocentreMm[1] - y, isocentreMm[2] + z]
    const { pixel } = projectPoint(camera, transformPoint(worldFromVolume, inVolume))
    // Without reversed x axis the picture is seen from the detector's side.
    expect(199 - pixel[0] + 0.5).toBeCloseTo(u, 3)
    expect(pixel[1] + 0.5).toBeCloseTo(v, 3)
  }
}

const side = { orientation: 'AP', reverseXAxis: false } as const

describe('convertDiffdrrPose', () => {
  it('converts pose and intrinsics of a PyTorch file', async () => {
    const matrix = new WrittenTensor('float32', [1, 4, 4], pose.flat())
    await writeTorchFile(folder.file('000.pt'), { pose: matrix, intrinsics })
    const output = await convert('000.pt', side)
    expect(output).toMatchObject({ kind: 'pose', mirroredColumns: true, isUpToDate: false })
    expect(output.files).toEqual(['000.camera.json', '000.pose.json'])
    await expectSeen('000')
    expect((await convert('000.pt', side)).isUpToDate).toBe(true)
  })

  it('converts JSON, and takes the detector from numbers', async () => {
    await writeFile(folder.file('given.json'), JSON.stringify({ pose }))
    await expect(convert('given.json', side)).rejects.toMatchObject({
      code: 'geometry-missing',
      hint: 'Give --sdd MM, --image-size W,H, --pixel-spacing X,Y.',
    })
    await convert('given.json', { ...side, sddMm: 1020, imageSize: [200, 200], pixelSpacingMm: [2, 2] })
    await expectSeen('given')
  })

  it('undoes a half turn', async () => {
    const turned = pose.map((row) => row.map((value, column) => (column < 2 ? -value : value)))
    await writeFile(folder.file('turned.json'), JSON.stringify({ pose: turned, intrinsics }))
    await convert('turned.json', { ...side, halfTurn: true })
    await expectSeen('turned')
  })

  it('converts fiducials', async () => {
    const fiducials = new WrittenTensor('float32', [1, 2, 3], [1, 2, 3, -4, 5, 6])
    await writeTorchFile(folder.file('fiducials.pt'), { pose: fiducials })
    await expect(convert('fiducials.pt', side)).rejects.toMatchObject({ code: 'geometry-invalid' })
    await writeTorchFile(folder.file('fiducials.pt'), fiducials)
    expect((await convert('fiducials.pt', {})).files).toEqual(['fiducials.points.json'])
    expect(pointsSchema.parse(await readJson('fiducials.points.json')).points).toEqual([
      { name: '1', position: [6, -10, 12] },
      { name: '2', position: [11, -13, 15] },
    ])
  })

  it('guesses neither convention nor centre', async () => {
    await writeFile(folder.file('bare.json'), JSON.stringify({ pose, intrinsics }))
    await expect(convert('bare.json', {})).rejects.toMatchObject({ code: 'geometry-missing' })
    await expect(convert('bare.json', { ...side, isocentreMm: undefined })).rejects.toMatchObject({
      code: 'geometry-missing',
      hint: 'Give the CT with --volume, or its centre with --isocentre X,Y,Z (LPS mm).',
    })
    await writeFile(folder.file('other.json'), '{ "a": 1 }')
    await expect(convert('other.json', side)).rejects.toMatchObject({ code: 'format-unknown' })
    await writeFile(folder.file('cut.json'), '{ "a": ')
    await expect(convert('cut.json', side)).rejects.toMatchObject({ code: 'file-unreadable' })
  })
})
