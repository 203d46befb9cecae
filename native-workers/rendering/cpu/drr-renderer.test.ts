import { afterAll, describe, expect, it } from 'vitest'
import { type Camera } from '../../contract/files/camera.js'
import { type Matrix4, type Vector3 } from '../../contract/matrix.js'
import { cameraFromNumbers, rayInCamera, sourceToDetectorMm } from '../../geometry/camera.js'
import { norm, translation4 } from '../../geometry/matrix.js'
import { gridCentreMm } from '../../imaging/volume.js'
import { boxRange, indexRays, siddonIntegral, trilinearIntegral } from '../reference/line-integral.js'
import {
  blobVolume,
  centredGrid,
  obliqueCamera,
  obliqueGrid,
  posedBefore,
  sampledVolume,
} from '../testing/analytic-volumes.js'
import { type AttenuationLevel, DrrRenderer, type VolumeCaps } from './drr-renderer.js'

const made: DrrRenderer[] = []
afterAll(() => {
  for (const renderer of made) renderer.dispose()
})

async function rendererOf(
  level: AttenuationLevel,
  options: { threads?: number; caps?: VolumeCaps } = {},
): Promise<DrrRenderer> {
  const renderer = await DrrRenderer.create([level], { threads: 2, ...options })
  made.push(renderer)
  return renderer
}

const camera = obliqueCamera(37, 26)
const pose = posedBefore(gridCentreMm(obliqueGrid))
const blobs = blobVolume(obliqueGrid)

/** Looks along the volume's z axis; its origin lies 500 mm before the source. */
const along: Matrix4 = translation4([0, 0, 500])
const straight = cameraFromNumbers({
  imageSize: { width: 9, height: 9 },
  sddMm: 1000,
  pixelSpacingMm: [5, 5],
})

const rayLengthFactor = (of: Camera, pixel: number) =>
  norm(rayInCamera(of, [pixel % of.imageSize.width, Math.floor(pixel / of.imageSize.width)]))

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, share: number): void {
  const largest = Array.from(expected).reduce((max, value) => Math.max(max, Math.abs(value)), 0)
  expect(largest).toBeGreaterThan(0)
  for (let n = 0; n < expected.length; n++)
    expect(Math.abs(actual[n] - expected[n])).toBeLessThan(share * largest)
}

describe('DrrRenderer', () => {
  it('gives the same bits with 1, 2 and 3 threads', async () => {
    for (const method of ['trilinear', 'siddon'] as const) {
      const pictures: Float32Array[] = []
      for (const threads of [1, 2, 3]) {
        const renderer = await rendererOf({ volume: blobs }, { threads })
        pictures.push(renderer.render({ level: 0, camera, cameraFromVolume: pose, method }))
      }
      expect(pictures[1]).toEqual(pictures[0])
      expect(pictures[2]).toEqual(pictures[0])
    }
  })

  it('trilinear equals the equations in float64, on an oblique grid with unequal spacings', async () => {
    const renderer = await rendererOf({ volume: blobs })
    const stepMm = Math.min(...obliqueGrid.spacingMm)
    const expected = indexRays(camera, pose, blobs).map((ray) => {
      const { enter, leave } = boxRange(ray, obliqueGrid.size, -1)
      const step = stepMm / ray.lengthMm
      const first = Math.ceil(enter / step)
      const count = Math.floor(leave / step) - first + 1
      return trilinearIntegral(blobs, ray, { first: first * step, step, count })
    })
    const actual = renderer.render({ level: 0, camera, cameraFromVolume: pose, method: 'trilinear' })
    expectClose(actual, expected, 1e-4)
  })

  it('Siddon equals the sorted plane crossings in float64', async () => {
    const renderer = await rendererOf({ volume: blobs })
    const expected = indexRays(camera, pose, blobs).map((ray) => {
      let sum = 0
      siddonIntegral(blobs, ray, (voxel, pathMm) => {
        sum += blobs.voxels[voxel] * pathMm
      })
      return sum
    })
    const actual = renderer.render({ level: 0, camera, cameraFromVolume: pose, method: 'siddon' })
    expectClose(actual, expected, 1e-4)
  })

  it('Siddon of an even slab is its thickness along each ray', async () => {
    const slab = sampledVolume(centredGrid([40, 40, 12], [5, 5, 2.5]), () => 0.02)
    const renderer = await rendererOf({ volume: slab })
    const picture = renderer.render({ level: 0, camera: straight, cameraFromVolume: along, method: 'siddon' })
    const thicknessMm = 12 * 2.5
    expectClose(
      picture,
      Array.from(picture, (_, n) => 0.02 * thicknessMm * rayLengthFactor(straight, n)),
      1e-5,
    )
  })

  it('trilinear of an even slab is its thickness plus half a voxel of ramp on each side', async () => {
    const slab = sampledVolume(centredGrid([40, 40, 12], [5, 5, 2.5]), () => 0.02)
    const renderer = await rendererOf({ volume: slab })
    const picture = renderer.render({
      level: 0,
      camera: straight,
      cameraFromVolume: along,
      method: 'trilinear',
      stepVoxels: 0.05,
    })
    const expected = Array.from(picture, (_, n) => 0.02 * 12 * 2.5 * rayLengthFactor(straight, n))
    expectClose(picture, expected, 5e-3)
  })

  it('one bright voxel casts one shadow where the camera projects it, with its whole attenuation', async () => {
    const grid = centredGrid([11, 11, 11], [2, 2, 2])
    const at: Vector3 = [7, 3, 5]
    const impulse = sampledVolume(grid, () => 0)
    impulse.voxels[at[0] + 11 * (at[1] + 11 * at[2])] = 1
    const renderer = await rendererOf({ volume: impulse })
    const fine = cameraFromNumbers({
      imageSize: { width: 81, height: 81 },
      sddMm: 1000,
      pixelSpacingMm: [0.5, 0.5],
    })
    const picture = renderer.render({ level: 0, camera: fine, cameraFromVolume: along, method: 'siddon' })
    const centre = [0, 0]
    let total = 0
    for (const [n, value] of picture.entries()) {
      total += value
      centre[0] += value * (n % 81)
      centre[1] += value * Math.floor(n / 81)
    }
    // Voxel (7, 3, 5) lies at (4, -4, 0) mm and is magnified twice: 8 mm = 16 pixels from the middle, 40.
    expect(centre[0] / total).toBeCloseTo(56, 1)
    expect(centre[1] / total).toBeCloseTo(24, 1)
    // Its 8 mm^3 spread over the detector's (0.25 mm)^2 at the voxel's depth.
    expect(total * 0.25 ** 2).toBeCloseTo(8, 1)
  })

  it('label channels add up to the plain picture, for both methods', async () => {
    const labels = Uint8Array.from(blobs.voxels, (_, n) => (n % obliqueGrid.size[0] < 23 ? 0 : 1 + (n % 2)))
    const renderer = await rendererOf({ volume: blobs, labels })
    for (const method of ['trilinear', 'siddon'] as const) {
      const request = { level: 0, camera, cameraFromVolume: pose, method }
      const plain = renderer.render(request)
      const channels = renderer.render({ ...request, channels: 3 })
      const sums = plain.map((_, n) => channels[3 * n] + channels[3 * n + 1] + channels[3 * n + 2])
      expectClose(sums, plain, 1e-5)
      for (const channel of [0, 1, 2])
        expect(channels.some((value, n) => n % 3 === channel && value > 0)).toBe(true)
    }
  })

  it('ends rays at the detector: what lies behind it casts no shadow', async () => {
    const slab = sampledVolume(centredGrid([40, 40, 40], [5, 5, 5]), () => 0.01)
    const renderer = await rendererOf({ volume: slab })
    const near: Matrix4 = translation4([0, 0, sourceToDetectorMm(straight) ?? 0])
    const picture = renderer.render({ level: 0, camera: straight, cameraFromVolume: near, method: 'siddon' })
    // The volume reaches 100 mm to each side of the detector's plane; the half before it counts.
    expectClose(
      picture,
      Array.from(picture, (_, n) => 0.01 * 100 * rayLengthFactor(straight, n)),
      1e-5,
    )
  })

  it('is empty where the volume lies behind the source', async () => {
    const renderer = await rendererOf({ volume: blobs })
    const away: Matrix4 = translation4([0, 0, -2000])
    const picture = renderer.render({
      level: 0,
      camera,
      cameraFromVolume: away,
      method: 'trilinear',
    })
    expect(picture.every((value) => value === 0)).toBe(true)
  })
})
