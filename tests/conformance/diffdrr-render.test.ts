import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { type Matrix4, type Vector3 } from '../../native-workers/contract/matrix.js'
import { cameraFromDiffdrr, poseFromDiffdrr } from '../../native-workers/geometry/adapters/diffdrr.js'
import { scale } from '../../native-workers/geometry/matrix.js'
import { rotationFromEuler } from '../../native-workers/geometry/rotations/euler.js'
import { type Volume } from '../../native-workers/imaging/volume.js'
import { toAttenuation } from '../../native-workers/rendering/attenuation.js'
import { DrrRenderer } from '../../native-workers/rendering/cpu/drr-renderer.js'
import {
  boxRange,
  indexRays,
  siddonIntegral,
  trilinearIntegral,
} from '../../native-workers/rendering/reference/line-integral.js'

interface Fixture {
  dims: Vector3
  affine: Matrix4
  hu: number[][][]
  mask: number[][][]
  rot_zxy_deg: [Vector3]
  xyz: [Vector3]
  detector: { sdd: number; height: number; width: number; delx: number; dely: number; x0: number; y0: number }
  density_bm1_sum: number
  density_bm3_sum: number
  renders: {
    renderer: 'siddon' | 'trilinear'
    voxel_shift: number
    reverse_x_axis: boolean
    image: number[][]
    channel_sums: number[]
  }[]
}

const f = JSON.parse(
  readFileSync(new URL('./fixtures/diffdrr_small.json', import.meta.url), 'utf8'),
) as Fixture

const renderers: DrrRenderer[] = []
afterAll(() => {
  for (const renderer of renderers) renderer.dispose()
})

/** The fixture's array [i][j][k] as a volume whose sample positions DiffDRR displaces by 0.5 - voxelShift. */
function fixtureVolume(values: number[][][], voxelShift: number): Volume<Float64Array> {
  const [nx, ny, nz] = f.dims
  const voxels = new Float64Array(nx * ny * nz)
  for (let k = 0; k < nz; k++)
    for (let j = 0; j < ny; j++) for (let i = 0; i < nx; i++) voxels[i + nx * (j + ny * k)] = values[i][j][k]
  const a = f.affine
  const lpsSign = [-1, -1, 1] as const
  const spacing: Vector3 = [Math.abs(a[0][0]), Math.abs(a[1][1]), Math.abs(a[2][2])]
  const steps = ([0, 1, 2] as const).map((axis) => lpsSign[axis] * a[axis][axis])
  const origin = ([0, 1, 2] as const).map(
    (axis) => lpsSign[axis] * a[axis][3] + steps[axis] * (0.5 - voxelShift),
  )
  return {
    grid: {
      size: f.dims,
      spacingMm: spacing,
      originMm: [origin[0], origin[1], origin[2]],
      direction: [
        [Math.sign(steps[0]), 0, 0],
        [0, Math.sign(steps[1]), 0],
        [0, 0, Math.sign(steps[2])],
      ],
    },
    voxels,
  }
}

function scene(reverseXAxis: boolean) {
  const side = { orientation: 'AP', reverseXAxis } as const
  const [alpha, beta, gamma] = f.rot_zxy_deg[0]
  const anglesRad = scale([alpha, beta, gamma], Math.PI / 180)
  const { cameraFromVolume, mirroredColumns } = poseFromDiffdrr(
    {
      rotation: rotationFromEuler('ZXY', anglesRad),
      translationMm: f.xyz[0],
      ...side,
    },
    [0, 0, 0],
  )
  const { sdd, height, width, delx, dely, x0, y0 } = f.detector
  const detector = { sddMm: sdd, height, width, delxMm: delx, delyMm: dely, x0Mm: x0, y0Mm: y0 }
  return { camera: cameraFromDiffdrr(detector, side), cameraFromVolume, mirroredColumns }
}

/** The expected picture as our camera sees it. */
function expectedPixels(image: number[][], mirrored: boolean): number[] {
  return image.flatMap((row) => (mirrored ? row.toReversed() : row))
}

/** DiffDRR samples all rays over one range of alpha, 500 points. */
function diffdrrSamples(rays: ReturnType<typeof indexRays>, size: Vector3) {
  const ranges = rays.map((ray) => boxRange(ray, size, -0.5))
  const first = Math.min(...ranges.map((range) => range.enter))
  const last = Math.max(...ranges.map((range) => range.leave))
  return { first, step: (last - first) / 499, count: 500 }
}

function maxError(actual: ArrayLike<number>, expected: readonly number[]): number {
  expect(actual.length).toBe(expected.length)
  return Math.max(...expected.map((value, n) => Math.abs(actual[n] - value)))
}

describe('DiffDRR’s small volume', () => {
  for (const [index, render] of f.renders.entries()) {
    const name = `${render.renderer}, voxel shift ${render.voxel_shift}, reverse ${render.reverse_x_axis}`
    const volume = fixtureVolume(f.hu, render.voxel_shift)
    const density = toAttenuation(volume, { model: 'density', boneMultiplier: 1 })
    const { camera, cameraFromVolume, mirroredColumns } = scene(render.reverse_x_axis)
    const expected = expectedPixels(render.image, mirroredColumns)
    const rays = indexRays(camera, cameraFromVolume, density)
    const samples = diffdrrSamples(rays, f.dims)

    it(`${index}: float64 ${name} to 1e-6`, () => {
      const pixels = rays.map((ray) => {
        if (render.renderer === 'trilinear') return trilinearIntegral(density, ray, samples)
        let sum = 0
        siddonIntegral(density, ray, (voxel, pathMm) => (sum += density.voxels[voxel] * pathMm))
        return sum
      })
      expect(maxError(pixels, expected)).toBeLessThan(1e-6)
    })

    it(`${index}: kernel ${name} to 1e-4, and its label channels`, async () => {
      const mask = Uint8Array.from(fixtureVolume(f.mask, 0.5).voxels)
      const renderer = await DrrRenderer.create([{ volume: density, labels: mask }], { threads: 2 })
      renderers.push(renderer)
      const request = { level: 0, camera, cameraFromVolume, method: render.renderer, alphas: samples }
      expect(maxError(renderer.render(request), expected)).toBeLessThan(1e-4)
      const channels = renderer.render({ ...request, channels: 3 })
      for (const channel of [0, 1, 2]) {
        const sum = channels.filter((_, n) => n % 3 === channel).reduce((total, value) => total + value, 0)
        expect(sum).toBeCloseTo(render.channel_sums[channel], 2)
      }
    })
  }

  it('density normalisation', () => {
    const sum = (boneMultiplier: number) =>
      toAttenuation(fixtureVolume(f.hu, 0.5), { model: 'density', boneMultiplier }).voxels.reduce(
        (total, value) => total + value,
        0,
      )
    expect(sum(1)).toBeCloseTo(f.density_bm1_sum, 3)
    expect(sum(3)).toBeCloseTo(f.density_bm3_sum, 3)
  })
})
