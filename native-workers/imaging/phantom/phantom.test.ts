import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decode } from 'fast-png'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PhantomOutput } from '../../contract/operations/phantom.js'
import { imagePointsSchema, pointsSchema } from '../../contract/files/points.js'
import { poseSchema } from '../../contract/files/pose.js'
import { type OperationContext } from '../../contract/progress.js'
import { readCameraFile } from '../../geometry/camera-files/read-camera-file.js'
import { rayInWorld, scaleCamera } from '../../geometry/camera.js'
import { matchLandmarks } from '../../geometry/landmarks/landmark-pairs.js'
import { poseFromLandmarks } from '../../geometry/landmarks/pose-from-landmarks.js'
import { invertRigid, maxDifference, transformDirection, transformPoint } from '../../geometry/matrix.js'
import { readVolume } from '../read-volume.js'
import { anatomySolids, scannedBox } from './anatomy/anatomy.js'
import { structures } from './anatomy/structures.js'
import { expose, openField } from './detector.js'
import { transmission } from './line-integrals.js'
import { phantom } from './phantom.operation.js'
import { RayCaster } from './ray-caster.js'
import { phantomOriginMm, sampleViews, worldFromPhantom } from './sample-views.js'
import { scanPhantom } from './scan.js'
import { seededNoise } from './seeded-noise.js'
import { attenuationPerMm, beamEnergies, tissueHounsfield } from './tissue.js'

const signal = new AbortController().signal
const silent: OperationContext = { signal, onProgress: () => undefined, onEvent: () => undefined }
const ignore = () => undefined
const phantomFromWorld = invertRigid(worldFromPhantom)
const settings = { spacingMm: 5, box: scannedBox, phantomOriginMm }
const json = async (path: string): Promise<unknown> => JSON.parse(await readFile(path, 'utf8'))

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'phantom Übung '))
})
afterAll(async () => {
  await rm(root, { recursive: true })
})

describe('the written sample', () => {
  let output: PhantomOutput
  beforeAll(async () => {
    output = await phantom({ folder: join(root, 'neu', 'sample'), seed: 3, spacingMm: 5 }, silent)
  })

  it('is complete, with nothing temporary left', async () => {
    const files = await readdir(join(root, 'neu', 'sample'))
    expect(files.filter((name) => name.startsWith('.'))).toEqual([])
    expect(files).toHaveLength(4 + 4 * output.views.length)
  })

  it('holds a CT and labels on one grid that names every structure', async () => {
    const { volume } = await readVolume({ path: output.volume, acceptGeometry: false })
    const { volume: labels } = await readVolume({ path: output.labels, acceptGeometry: false })
    expect(labels.grid.size).toEqual(volume.grid.size)
    expect(volume.grid.originMm[2]).toBeCloseTo(1043.7 - 228 + 2.5, 3)
    expect([...new Set(labels.voxels)].sort((a, b) => a - b)).toEqual([
      0,
      ...structures.map(({ label }) => label),
    ])
    const inBone = [...volume.voxels].filter((_, index) => labels.voxels[index] === 4)
    expect(volume.voxels[0]).toBe(-1000)
    expect(inBone.reduce((sum, value) => sum + value, 0) / inBone.length).toBeGreaterThan(250)
  })

  it('holds X-rays in which bone is dark, collimated to a circle', async () => {
    for (const { xray } of output.views) {
      const { width, height, depth, channels, data } = decode(await readFile(xray))
      expect([width, height, depth, channels]).toEqual([512, 512, 16, 1])
      const at = (u: number, v: number) => data[u + width * v]
      expect(at(4, 4)).toBeLessThan(600)
      expect(at(256, 256)).toBeGreaterThan(1500)
    }
  })

  it('marks its landmarks where the true pose and the cameras put them', async () => {
    const points = pointsSchema.parse(await json(output.landmarks))
    for (const view of output.views) {
      const truth = poseSchema.parse(await json(view.truth)).worldFromVolume
      const marks = imagePointsSchema.parse(await json(view.landmarks))
      const pairs = matchLandmarks(points, marks)
      expect(pairs.length).toBeGreaterThan(10)
      const found = await poseFromLandmarks([{ camera: await readCameraFile(view.camera), pairs }])
      expect(found.reprojectionErrorPixels).toBeLessThan(1e-6)
      expect(maxDifference(found.worldFromVolume, truth)).toBeLessThan(1e-3)
    }
  })
})

describe('the X-rays of the sample', () => {
  const solids = anatomySolids()

  it('are integrals over all solids, though only those near a tile are asked', async () => {
    const camera = scaleCamera(sampleViews[1].camera, 48, 48)
    const shares = await transmission(solids, camera, phantomFromWorld, signal, ignore)
    const caster = new RayCaster(solids)
    for (const [u, v] of [
      [5, 24],
      [20, 9],
      [24, 24],
      [29, 40],
      [40, 31],
    ]) {
      const { source, direction } = rayInWorld(camera, [u, v])
      const { count, startMm, endMm, solid } = caster.cast(
        transformPoint(phantomFromWorld, source),
        transformDirection(phantomFromWorld, direction),
        [...solids.keys()],
      )
      const expected = beamEnergies.reduce((sum, energy) => {
        let integral = 0
        for (let s = 0; s < count; s++) {
          integral +=
            attenuationPerMm(tissueHounsfield[solids[solid[s]].tissue], energy) * (endMm[s] - startMm[s])
        }
        return sum + energy.share * Math.exp(-integral)
      }, 0)
      expect(shares[u + 48 * v]).toBeCloseTo(expected, 14)
    }
  })

  it.each(sampleViews)('show every lumbar vertebra in $name', async ({ camera: full }) => {
    const camera = scaleCamera(full, 64, 64)
    const field = openField(camera.imageSize)
    const whole = await transmission(solids, camera, phantomFromWorld, signal, ignore)
    for (const { label, name } of structures.filter((structure) => structure.name.startsWith('vertebra L'))) {
      const without = await transmission(
        solids.filter((solid) => solid.label !== label),
        camera,
        phantomFromWorld,
        signal,
        ignore,
      )
      const darkened = [...whole.keys()].filter((index) => {
        const [u, v] = [index % 64, Math.floor(index / 64)]
        const open = Math.hypot(u - field.centre[0], v - field.centre[1]) < field.radius
        return open && whole[index] < 0.8 * without[index]
      })
      expect(darkened.length, name).toBeGreaterThan(20)
    }
  })

  it('differ from their mirror image', async () => {
    const camera = scaleCamera(sampleViews[0].camera, 64, 64)
    const shares = await transmission(solids, camera, phantomFromWorld, signal, ignore)
    const logs = [...shares].map((share) => -Math.log(share))
    const mirrored = logs.map((_, index) => logs[index - (index % 64) + 63 - (index % 64)])
    const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length
    const covariance = logs.reduce((sum, value, index) => sum + (value - mean) * (mirrored[index] - mean), 0)
    const variance = logs.reduce((sum, value) => sum + (value - mean) ** 2, 0)
    expect(covariance / variance).toBeLessThan(0.97)
  })

  it('carry the noise of their seed alone', () => {
    const transmitted = Float64Array.from({ length: 32 * 32 }, (_, index) => 0.01 + (index % 7) / 1000)
    const size = { width: 32, height: 32 }
    const take = (seed: number) => expose(transmitted, size, openField(size), seededNoise(seed))
    expect(take(5)).toEqual(take(5))
    expect(take(5)).not.toEqual(take(6))
  })
})

describe('the CT of the sample', () => {
  it('holds along each voxel row what the shapes hold along it', async () => {
    const solids = anatomySolids()
    const { volume } = await scanPhantom(solids, settings, seededNoise(1), signal, ignore)
    const { size, originMm } = volume.grid
    const caster = new RayCaster(solids)
    for (const [j, k] of [
      [22, 20],
      [26, 40],
      [30, 55],
      [18, 62],
    ]) {
      const y = originMm[1] + 5 * j - phantomOriginMm[1]
      const z = originMm[2] + 5 * k - phantomOriginMm[2]
      let exact = 0
      for (const [across, up] of [
        [-1, -1],
        [-1, 1],
        [1, -1],
        [1, 1],
      ]) {
        const { count, startMm, endMm, solid } = caster.cast(
          [-168, y + across * 1.25, z + up * 1.25],
          [1, 0, 0],
          [...solids.keys()],
        )
        for (let s = 0; s < count; s++) {
          exact += ((endMm[s] - startMm[s]) * (tissueHounsfield[solids[solid[s]].tissue] + 1000)) / 4
        }
      }
      const row = volume.voxels.subarray(size[0] * (j + size[1] * k), size[0] * (j + size[1] * k + 1))
      const summed = row.reduce((sum, value) => sum + 5 * (value + 1000), 0)
      // Noise of 11 HU in 67 voxels of 5 mm.
      expect(Math.abs(summed - exact)).toBeLessThan(4 * 11 * 5 * Math.sqrt(67))
    }
  })

  it('is the same for the same seed', async () => {
    const scan = (seed: number) => scanPhantom(anatomySolids(), settings, seededNoise(seed), signal, ignore)
    const [first, again, other] = [await scan(1), await scan(1), await scan(2)]
    const same = (a: Int16Array | Uint8Array, b: Int16Array | Uint8Array) =>
      Buffer.compare(Buffer.from(a.buffer), Buffer.from(b.buffer)) === 0
    expect(same(again.volume.voxels, first.volume.voxels)).toBe(true)
    expect(same(other.volume.voxels, first.volume.voxels)).toBe(false)
    expect(same(other.labels.voxels, first.labels.voxels)).toBe(true)
  })
})

describe('making the sample', () => {
  it('stops when it is cancelled and leaves no half file', async () => {
    const folder = join(root, 'cancelled')
    const controller = new AbortController()
    const context: OperationContext = {
      signal: controller.signal,
      onProgress: ({ message }) => {
        if (message === 'Taking X-ray 1') controller.abort()
      },
      onEvent: ignore,
    }
    await expect(phantom({ folder, seed: 0, spacingMm: 5 }, context)).rejects.toMatchObject({
      code: 'cancelled',
    })
    const files = await readdir(folder)
    expect(files.filter((name) => name.startsWith('.') || name.endsWith('.png'))).toEqual([])
  })

  it('says so where the folder cannot be made', async () => {
    const file = join(root, 'a file')
    await writeFile(file, '')
    await expect(
      phantom({ folder: join(file, 'below'), seed: 0, spacingMm: 5 }, silent),
    ).rejects.toMatchObject({
      code: 'output-unwritable',
    })
  })
})

describe('seeded noise', () => {
  it('has mean 0, deviation 1 and normal tails', () => {
    const noise = seededNoise(11)
    const values = Array.from({ length: 40000 }, () => noise.normal())
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
    expect(Math.abs(mean)).toBeLessThan(0.02)
    expect(Math.abs(variance - 1)).toBeLessThan(0.03)
    const beyondTwo = values.filter((value) => Math.abs(value) > 2).length / values.length
    expect(Math.abs(beyondTwo - 0.0455)).toBeLessThan(0.004)
  })
})
