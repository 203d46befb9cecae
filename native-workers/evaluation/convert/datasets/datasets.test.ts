import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { File, ready } from 'h5wasm/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cameraSchema } from '../../../contract/files/camera.js'
import { imagePointsSchema, pointsSchema } from '../../../contract/files/points.js'
import { poseSchema } from '../../../contract/files/pose.js'
import { type Matrix3, type Matrix4, type Vector2, type Vector3 } from '../../../contract/matrix.js'
import { type DatasetLayout } from '../../../contract/operations/convert-dataset.js'
import { projectPoint } from '../../../geometry/camera.js'
import { affine, identity4, invertRigid, multiply4, transformPoint } from '../../../geometry/matrix.js'
import { rotationFromVector } from '../../../geometry/rigid.js'
import { readXray } from '../../../imaging/read-xray.js'
import { temporaryFolder } from '../../../imaging/testing/temporary-folder.js'
import { loadVolume } from '../../../imaging/volume-cache.js'
import { convertDataset, listDataset } from './convert-dataset.operation.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const context = {
  signal: new AbortController().signal,
  onProgress: () => undefined,
  onEvent: () => undefined,
}
const convert = (name: string, layout: DatasetLayout, specimen: string, signal = context.signal) =>
  convertDataset(
    { path: folder.file(name), layout, specimen, folder: folder.file(layout), force: false },
    { ...context, signal },
  )
const readJson = async (...parts: string[]): Promise<unknown> =>
  JSON.parse(await readFile(join(folder.path, ...parts), 'utf8'))

/** The files' own formula: pixel ~ intrinsic * camera point. */
function pixelOf(intrinsic: Matrix3, cameraFromVolume: Matrix4, point: Vector3): Vector2 {
  const [x, y, z] = transformPoint(cameraFromVolume, point)
  return [(intrinsic[0][0] * x) / z + intrinsic[0][2], (intrinsic[1][1] * y) / z + intrinsic[1][2]]
}

/** A picture with one bright pixel on a grey ramp, so that a turn or a mirror image can't go unnoticed. */
function pictureWith([u, v]: Vector2, width: number, height: number): Float32Array {
  const pixels = Float32Array.from({ length: width * height }, (_, n) => n / 1e6)
  pixels[Math.round(v) * width + Math.round(u)] = 1000
  return pixels
}

async function brightestPixel(path: string): Promise<Vector2> {
  const { width, pixels } = await readXray(path, 0)
  const brightest = pixels.indexOf(pixels.reduce((most, value) => Math.max(most, value), 0))
  return [brightest % width, Math.floor(brightest / width)]
}

describe('the DeepFluoro layout', () => {
  const [width, height] = [96, 80]
  const intrinsic: Matrix3 = [
    [-510, 0, 47.5],
    [0, -510, 39.25],
    [0, 0, 1],
  ]
  const extrinsic = affine(rotationFromVector([0.02, -0.01, 0.03]), [3, -2, -5])
  const landmarks: Readonly<Record<string, Vector3>> = {
    'FH-l': [30, 10, -20],
    'FH-r': [-25, 15, -18],
    'MOF-l': [5, -20, 40],
    'MOF-r': [900, 0, 0],
  }
  const turns: readonly Vector3[] = [
    [1.4, 0.2, -0.3],
    [-1.3, 0.1, 0.4],
  ]
  /** cameraFromVolume in the file's axes: the volume's origin is seen in the middle, with z to the source. */
  const seenFrom = (index: number): Matrix4 =>
    affine(rotationFromVector(turns[index]), [4 - 9 * index, 7, -700])
  const camToVolume = (index: number) => invertRigid(multiply4(invertRigid(extrinsic), seenFrom(index)))

  beforeAll(async () => {
    await ready
    const file = new File(folder.file('deepfluoro.h5'), 'w')
    const numbers = (
      group: ReturnType<File['create_group']>,
      name: string,
      values: readonly (readonly number[])[],
    ) => {
      group.create_dataset({
        name,
        data: new Float64Array(values.flat()),
        shape: values.length === 1 ? [values[0].length] : [values.length, values[0].length],
      })
    }
    const parameters = file.create_group('proj-params')
    numbers(parameters, 'extrinsic', extrinsic)
    numbers(parameters, 'intrinsic', intrinsic)
    parameters.create_dataset({ name: 'pixel-col-spacing', data: 2 })
    parameters.create_dataset({ name: 'pixel-row-spacing', data: 2 })
    const specimen = file.create_group('17-1882')
    const image = (group: ReturnType<File['create_group']>, pixels: Int16Array | Uint8Array) => {
      group.create_dataset({ name: 'pixels', data: pixels, shape: [3, 4, 5] })
      numbers(group, 'spacing', [[1, 2, 3]])
      numbers(group, 'origin', [[-10, 20, -30]])
      numbers(group, 'dir-mat', [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ])
    }
    image(
      specimen.create_group('vol'),
      Int16Array.from({ length: 60 }, (_, n) => n * 10 - 100),
    )
    const segmentation = specimen.create_group('vol-seg')
    image(
      segmentation.create_group('image'),
      Uint8Array.from({ length: 60 }, (_, n) => n % 3),
    )
    const names = segmentation.create_group('labels-def')
    names.create_dataset({ name: '1', data: 'left-hemipelvis' })
    names.create_dataset({ name: '2', data: 'right-hemipelvis' })
    const marks = specimen.create_group('vol-landmarks')
    for (const [name, position] of Object.entries(landmarks)) numbers(marks, name, [[...position]])
    const projections = specimen.create_group('projections')
    for (const index of [0, 1]) {
      const group = projections.create_group(`00${index}`)
      const pixel = (point: Vector3) => pixelOf(intrinsic, seenFrom(index), point)
      group.create_group('image').create_dataset({
        name: 'pixels',
        data: pictureWith(pixel(landmarks['FH-l']), width, height),
        shape: [height, width],
      })
      const seen = group.create_group('gt-landmarks')
      for (const [name, position] of Object.entries(landmarks)) numbers(seen, name, [[...pixel(position)]])
      const poses = group.create_group('gt-poses')
      numbers(poses, 'cam-to-pelvis-vol', camToVolume(index))
      numbers(poses, 'cam-to-left-femur-vol', camToVolume(index))
      numbers(poses, 'cam-to-right-femur-vol', camToVolume(index))
      poses.create_dataset({ name: 'left-femur-good-fov', data: 1 })
      poses.create_dataset({ name: 'right-femur-good-fov', data: 0 })
      group.create_dataset({ name: 'rot-180-for-up', data: index })
    }
    file.close()
  })

  it('lists specimens', async () => {
    const path = folder.file('deepfluoro.h5')
    expect(await listDataset({ path, layout: 'deepfluoro' }, context)).toEqual({
      specimens: [{ id: '17-1882', projections: 2 }],
    })
    await expect(listDataset({ path, layout: 'ljubljana' }, context)).rejects.toMatchObject({
      code: 'format-unknown',
    })
  })

  it('writes pictures, cameras and poses that agree with the landmarks', async () => {
    const {
      projections,
      warnings,
      landmarks: count,
    } = await convert('deepfluoro.h5', 'deepfluoro', '17-1882')
    expect([count, warnings]).toEqual([4, []])
    expect(
      projections.map(({ name, mirroredColumns, turned, landmarksInside }) => [
        name,
        mirroredColumns,
        turned,
        landmarksInside,
      ]),
    ).toEqual([
      ['000', true, false, 3],
      ['001', true, true, 3],
    ])
    const points = pointsSchema.parse(await readJson('deepfluoro', '17-1882', 'landmarks.points.json')).points
    expect(points.map(({ name }) => name)).toEqual(['FH-l', 'FH-r', 'MOF-l', 'MOF-r'])
    for (const [index, { name, landmarkErrorPixels }] of projections.entries()) {
      expect(landmarkErrorPixels).toBeLessThan(1e-9)
      const at = (ending: string) => readJson('deepfluoro', '17-1882', 'projections', `${name}${ending}`)
      const camera = cameraSchema.parse(await at('.camera.json'))
      const { worldFromVolume } = poseSchema.parse(await at('.pose.json'))
      const seen = imagePointsSchema.parse(await at('.points2d.json')).points
      for (const { name: landmark, pixel } of seen) {
        const projected = projectPoint(camera, transformPoint(worldFromVolume, landmarks[landmark]))
        expect(projected.depthMm).toBeGreaterThan(0)
        expect(Math.hypot(projected.pixel[0] - pixel[0], projected.pixel[1] - pixel[1])).toBeLessThan(1e-9)
        // The file's own pixel, columns reversed; for the turned picture rows are, instead.
        const [u, v] = pixelOf(intrinsic, seenFrom(index), landmarks[landmark])
        expect(pixel[0]).toBeCloseTo(index === 0 ? width - 1 - u : u, 9)
        expect(pixel[1]).toBeCloseTo(index === 0 ? v : height - 1 - v, 9)
      }
      const bright = await brightestPixel(
        join(folder.file('deepfluoro'), '17-1882', 'projections', `${name}.tiff`),
      )
      const marked = seen.find((each) => each.name === 'FH-l')?.pixel ?? [-9, -9]
      expect(Math.abs(bright[0] - marked[0])).toBeLessThan(1)
      expect(Math.abs(bright[1] - marked[1])).toBeLessThan(1)
    }
    const written = await readdir(join(folder.file('deepfluoro'), '17-1882', 'projections'))
    expect(written.filter((name) => name.includes('femur'))).toEqual([
      '000.left-femur.pose.json',
      '001.left-femur.pose.json',
    ])
  })

  it('writes the volume and its labels where they lie', async () => {
    const at = (name: string) => join(folder.file('deepfluoro'), '17-1882', name)
    const { volume } = await loadVolume({ path: at('volume.nii.gz'), acceptGeometry: false })
    expect(volume.grid).toMatchObject({ size: [5, 4, 3], spacingMm: [1, 2, 3], originMm: [-10, 20, -30] })
    // Row-major with z first: x runs fastest.
    expect(Array.from(volume.voxels)).toEqual(Array.from({ length: 60 }, (_, n) => n * 10 - 100))
    const labels = await loadVolume({ path: at('labels.nii.gz'), acceptGeometry: false })
    expect(Array.from(labels.volume.voxels)).toEqual(Array.from({ length: 60 }, (_, n) => n % 3))
    expect(await readFile(at('labels.csv'), 'utf8')).toBe(
      'label,name\r\n1,left-hemipelvis\r\n2,right-hemipelvis\r\n',
    )
  })

  it('finds its work done, knows its specimens, and leaves nothing when cancelled', async () => {
    expect((await convert('deepfluoro.h5', 'deepfluoro', '17-1882')).isUpToDate).toBe(true)
    await expect(convert('deepfluoro.h5', 'deepfluoro', '18-0000')).rejects.toMatchObject({
      code: 'input-invalid',
      hint: 'It holds 17-1882.',
    })
    const cancelled = AbortSignal.abort()
    await expect(convert('deepfluoro.h5', 'deepfluoro', '17-1882', cancelled)).rejects.toMatchObject({
      code: 'cancelled',
    })
    expect((await readdir(folder.file('deepfluoro'))).sort()).toEqual(['17-1882'])
  })
})

describe('the Ljubljana layout', () => {
  const [width, height] = [60, 50]
  // The lateral view has z to the source and negative focal lengths, the frontal one neither.
  const views = {
    'proj-ap': {
      intrinsic: [
        [400, 0, 31],
        [0, 410, 22],
        [0, 0, 1],
      ],
      extrinsic: affine(rotationFromVector([1.5, 0.1, 0]), [5, -4, 700]),
    },
    'proj-lat': {
      intrinsic: [
        [-400, 0, 28],
        [0, -410, 26],
        [0, 0, 1],
      ],
      extrinsic: affine(rotationFromVector([0.2, 1.4, 0.3]), [-3, 6, -720]),
    },
  } as const
  const points: readonly Vector3[] = [
    [12, -8, 20],
    [-15, 10, -5],
  ]

  beforeAll(async () => {
    await ready
    const file = new File(folder.file('ljubljana.h5'), 'w')
    const patient = file.create_group('subject01')
    const volume = patient.create_group('volume')
    const voxels = Int16Array.from({ length: 24 }, (_, n) => n)
    volume.create_dataset({ name: 'pixels', data: voxels, shape: [2, 3, 4] })
    volume.create_dataset({ name: 'spacing', data: new Float64Array([0.5, 0.6, 0.7]) })
    volume.create_dataset({ name: 'origin', data: new Float64Array([-1, -2, -3]) })
    patient.create_dataset({ name: 'points', data: new Float64Array(points.flat()), shape: [2, 3] })
    for (const [name, { intrinsic, extrinsic }] of Object.entries(views)) {
      const group = patient.create_group(name)
      const pixels = pictureWith(pixelOf(intrinsic, extrinsic, points[0]), width, height)
      group.create_dataset({ name: 'pixels', data: pixels, shape: [height, width] })
      group.create_dataset({ name: 'extrinsic', data: new Float64Array(extrinsic.flat()), shape: [4, 4] })
      group.create_dataset({ name: 'intrinsic', data: new Float64Array(intrinsic.flat()), shape: [3, 3] })
      group.create_dataset({ name: 'col-spacing', data: 0.154 })
      group.create_dataset({ name: 'row-spacing', data: 0.154 })
    }
    file.close()
  })

  it('writes pictures, cameras and poses that agree, whichever way the axes point', async () => {
    const { projections, warnings } = await convert('ljubljana.h5', 'ljubljana', 'subject01')
    expect(warnings).toHaveLength(1)
    expect(projections.map(({ name, mirroredColumns }) => [name, mirroredColumns])).toEqual([
      ['ap', false],
      ['lat', true],
    ])
    for (const { name } of projections) {
      const at = (ending: string) => readJson('ljubljana', 'subject01', 'projections', `${name}${ending}`)
      const camera = cameraSchema.parse(await at('.camera.json'))
      expect(camera.cameraFromWorld).toEqual(identity4)
      const { worldFromVolume } = poseSchema.parse(await at('.pose.json'))
      const { pixel, depthMm } = projectPoint(camera, transformPoint(worldFromVolume, points[0]))
      const bright = await brightestPixel(
        join(folder.file('ljubljana'), 'subject01', 'projections', `${name}.tiff`),
      )
      expect(depthMm).toBeGreaterThan(600)
      expect(Math.abs(bright[0] - pixel[0])).toBeLessThan(0.51)
      expect(Math.abs(bright[1] - pixel[1])).toBeLessThan(0.51)
    }
  })

  it('reads x as the first axis, from its far end', async () => {
    const path = join(folder.file('ljubljana'), 'subject01', 'volume.nii.gz')
    const { volume } = await loadVolume({ path, acceptGeometry: false })
    expect(volume.grid.size).toEqual([2, 3, 4])
    const at = (i: number, j: number, k: number) => volume.voxels[i + 2 * (j + 3 * k)]
    expect([at(1, 0, 0), at(0, 0, 0), at(1, 2, 3), at(0, 1, 0)]).toEqual([0, 12, 11, 16])
  })
})
