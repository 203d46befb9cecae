import { describe, expect, it } from 'vitest'
import { type Vector3 } from '../../contract/matrix.js'
import { type Interpolation } from '../../contract/operations/resample-isotropic.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { identity3, transformPoint } from '../../geometry/matrix.js'
import { lpsFromIndex, type Volume, type VoxelArray } from '../volume.js'
import { resampleVolume } from './resample-volume.js'
import { type TargetGrid, targetGrid } from './target-grid.js'

const nothing = () => Promise.resolve()

function gridOf(size: Vector3, spacingMm: Vector3): VolumeGrid {
  return { size, spacingMm, originMm: [0, 0, 0], direction: identity3 }
}

function filled<Voxels extends VoxelArray>(
  grid: VolumeGrid,
  voxels: Voxels,
  value: (i: number, j: number, k: number) => number,
): Volume<Voxels> {
  const [nx, ny] = grid.size
  for (let n = 0; n < voxels.length; n++) {
    voxels[n] = value(n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny)))
  }
  return { grid, voxels }
}

/** A target that samples `size` voxels from `firstIndex` on, `ratio` apart, all of them inside. */
function targetOf(size: Vector3, firstIndex: Vector3, ratio: Vector3): TargetGrid {
  return { grid: gridOf(size, [1, 1, 1]), shiftMm: [0, 0, 0], firstIndex, ratio, insideSize: size }
}

/** The volume that the values kept from SciPy were computed on. */
const knownVolume = () =>
  filled(
    gridOf([7, 6, 5], [1, 1, 1]),
    new Float64Array(210),
    (i, j, k) => ((i * 37 + j * 59 + k * 83 + i * j * k * 7) % 101) - 50,
  )

const asFloat = (interpolation: Interpolation) => ({ interpolation, float: true, outsideValue: 0 })

function expectValues({ grid, voxels }: Volume, expected: readonly (readonly [Vector3, number])[]): void {
  for (const [[i, j, k], value] of expected) {
    expect(voxels[i + grid.size[0] * (j + grid.size[1] * k)]).toBeCloseTo(value, 4)
  }
}

describe('resampleVolume, against SciPy 1.10.1', () => {
  // scipy.ndimage.map_coordinates(volume, grid, order, mode): order 1 "nearest", order 3 "mirror".
  const finer = targetOf([7, 8, 7], [0.35, 0, 0.2], [0.8, 0.7, 0.6])
  const places: readonly Vector3[] = [
    [0, 0, 0],
    [1, 2, 3],
    [3, 5, 2],
    [6, 7, 6],
    [2, 1, 6],
    [5, 0, 0],
    [4, 7, 3],
  ]
  it.each([
    ['linear', [-27.52, 6.14, -0.875, 28.763, -34.291, 6.35, 27.53]],
    [
      'bspline',
      [-39.236338929, 20.729898456, -11.653729968, 43.023466404, -39.188865164, 19.692831, 28.298237795],
    ],
  ] as const)('refines alike (%s)', async (kind, values) => {
    const result = await resampleVolume(knownVolume(), finer, asFloat(kind), nothing)
    expectValues(
      result,
      places.map((place, n) => [place, values[n]]),
    )
  })

  // gaussian_filter(volume, sqrt((ratio**2 - 1) / (8 ln 2)), truncate=4) along the coarser axes, then the same.
  const coarser = targetOf([3, 4, 5], [0.5, 0.15, 0], [2.5, 1.6, 1])
  const coarserPlaces: readonly Vector3[] = [
    [0, 0, 0],
    [1, 2, 3],
    [2, 3, 4],
    [2, 0, 1],
  ]
  it.each([
    ['linear', [-16.805773945, -18.735750301, 16.248641839, -21.965185019]],
    ['bspline', [-8.756646723, -22.570355978, 13.960360227, -13.302927358]],
  ] as const)('smooths alike before coarsening (%s)', async (kind, values) => {
    const result = await resampleVolume(knownVolume(), coarser, asFloat(kind), nothing)
    expectValues(
      result,
      coarserPlaces.map((place, n) => [place, values[n]]),
    )
  })
})

describe('resampleVolume', () => {
  const oblique: VolumeGrid = {
    size: [40, 36, 22],
    spacingMm: [0.8, 0.9, 2],
    originMm: [-31.7, 12.3, 99.1],
    direction: [
      [Math.cos(0.4), -Math.sin(0.4), 0],
      [Math.sin(0.4), Math.cos(0.4), 0],
      [0, 0, -1],
    ],
  }
  const settings = { keep: 'first-voxel', center: true, asStored: (value: number) => value } as const

  it.each([
    ['linear', 0.04],
    ['bspline', 0.0012],
    ['sinc', 0.015],
  ] as const)(
    'finds an analytic volume at the places in millimetres that the new grid names (%s)',
    async (interpolation, tolerance) => {
      const wave = ([x, y, z]: Vector3) => Math.cos(x / 4) + Math.sin(y / 5 + 1) + Math.cos(z / 7 - 2)
      const affine = lpsFromIndex(oblique)
      const source = filled(oblique, new Float64Array(40 * 36 * 22), (i, j, k) =>
        wave(transformPoint(affine, [i, j, k])),
      )
      const target = targetGrid(oblique, { ...settings, spacingMm: 0.7 })
      const { grid, voxels } = await resampleVolume(source, target, asFloat(interpolation), nothing)
      const [nx, ny, nz] = grid.size
      const newAffine = lpsFromIndex(grid)
      let largest = 0
      for (let k = 12; k < nz - 14; k++)
        for (let j = 12; j < ny - 14; j++)
          for (let i = 12; i < nx - 14; i++) {
            const [x, y, z] = transformPoint(newAffine, [i, j, k])
            const [a, b, c] = target.shiftMm
            const error = voxels[i + nx * (j + ny * k)] - wave([x + a, y + b, z + c])
            largest = Math.max(largest, Math.abs(error))
          }
      expect(largest).toBeLessThan(tolerance)
      expect(largest).toBeGreaterThan(0)
    },
  )

  it.each([
    ['linear', 2],
    ['bspline', 4],
  ] as const)(
    'errs with the power of the spacing that is its order (%s: %i)',
    async (interpolation, order) => {
      const wave = (x: number, y: number, z: number) => Math.sin(x) + Math.cos(y - 1) + Math.sin(z + 2)
      /** Largest error midway between samples in the middle of a cube of 6 units: its faces disturb a spline. */
      const largestError = async (samples: number) => {
        const spacing = 6 / samples
        const size: Vector3 = [samples, samples, samples]
        const at = (index: number) => index * spacing
        const source = filled(
          gridOf(size, [spacing, spacing, spacing]),
          new Float64Array(samples ** 3),
          (i, j, k) => wave(at(i), at(j), at(k)),
        )
        const inner: Vector3 = [4, 4, 4]
        const first = samples / 2 - 1.5
        const target = targetOf(inner, [first, first, first], [1, 1, 1])
        const { voxels } = await resampleVolume(source, target, asFloat(interpolation), nothing)
        const errors = Array.from(voxels, (value, n) => {
          const [i, j, k] = [n % inner[0], Math.floor(n / inner[0]) % inner[1], Math.floor(n / inner[0] ** 2)]
          return Math.abs(value - wave(at(first + i), at(first + j), at(first + k)))
        })
        return Math.max(...errors)
      }
      const observed = Math.log2((await largestError(24)) / (await largestError(48)))
      expect(Math.abs(observed - order)).toBeLessThan(0.4)
    },
  )

  it('rounds to the type of the volume and keeps an overshoot within it', async () => {
    const edge = filled(gridOf([12, 3, 3], [1, 1, 1]), new Uint8Array(108), (i) => (i < 6 ? 0 : 255))
    const target = targetOf([23, 3, 3], [0, 0, 0], [0.5, 1, 1])
    const inType = { interpolation: 'bspline', float: false, outsideValue: 0 } as const
    const { voxels } = await resampleVolume(edge, target, inType, nothing)
    expect(voxels).toBeInstanceOf(Uint8Array)
    const asComputed = await resampleVolume(edge, target, asFloat('bspline'), nothing)
    expect(asComputed.voxels).toBeInstanceOf(Float32Array)
    expect(Math.max(...asComputed.voxels)).toBeGreaterThan(270)
    expect(Math.min(...asComputed.voxels)).toBeLessThan(-15)
    asComputed.voxels.forEach((value, n) => {
      expect(voxels[n]).toBe(Math.min(255, Math.max(0, Math.floor(value + 0.5))))
    })
  })

  it('keeps constants exactly, of floats too', async () => {
    const constant = filled(oblique, new Float32Array(40 * 36 * 22), () => -1000.1)
    for (const spacingMm of [0.55, 1.3, 3.1]) {
      for (const interpolation of ['linear', 'bspline', 'sinc'] as const) {
        const target = targetGrid(oblique, { ...settings, keep: 'extent', spacingMm })
        const { voxels } = await resampleVolume(constant, target, asFloat(interpolation), nothing)
        expect(new Set(voxels)).toEqual(new Set([Math.fround(-1000.1)]))
      }
    }
  })

  it('gives voxels beyond the outer faces the outside value, and those within half a voxel the outermost one', async () => {
    const thick = filled(gridOf([3, 3, 4], [1, 1, 5]), new Int16Array(36), () => 40)
    const target = targetGrid(thick.grid, { ...settings, center: false, spacingMm: 1 })
    expect(target.grid.size).toEqual([3, 3, 20])
    expect(target.insideSize).toEqual([3, 3, 18])
    const inType = { interpolation: 'linear', float: false, outsideValue: -1000 } as const
    const { voxels } = await resampleVolume(thick, target, inType, nothing)
    expect(Array.from({ length: 20 }, (_, k) => voxels[4 + 9 * k])).toEqual([
      ...new Array<number>(18).fill(40),
      -1000,
      -1000,
    ])
  })
})
