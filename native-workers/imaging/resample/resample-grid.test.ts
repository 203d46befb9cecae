import { describe, expect, it } from 'vitest'
import { type Matrix3, type Vector3 } from '../../contract/matrix.js'
import { transformPoint } from '../../geometry/matrix.js'
import { rotationFromVector } from '../../geometry/rigid.js'
import { lpsFromIndex, type Volume } from '../volume.js'
import { halve, resampleAlongAxes, resampleIsotropic } from './resample-grid.js'

const oblique: Matrix3 = rotationFromVector([0.2, -0.4, 0.1])

/** A volume of a function of position in LPS mm. */
function sampled(size: Vector3, spacingMm: Vector3, value: (point: Vector3) => number): Volume<Float32Array> {
  const grid = { size, spacingMm, originMm: [12, -30, 7] as const, direction: oblique }
  const toLps = lpsFromIndex(grid)
  const voxels = new Float32Array(size[0] * size[1] * size[2])
  for (let n = 0; n < voxels.length; n++) {
    const index: Vector3 = [n % size[0], Math.floor(n / size[0]) % size[1], Math.floor(n / size[0] / size[1])]
    voxels[n] = value(transformPoint(toLps, index))
  }
  return { grid, voxels }
}

const ramp = ([x, y, z]: Vector3) => 2 * x - 3 * y + 0.5 * z + 4

/** Largest difference from `value` over voxels at least two away from the faces. */
function innerError({ grid, voxels }: Volume, value: (point: Vector3) => number): number {
  const toLps = lpsFromIndex(grid)
  const [nx, ny, nz] = grid.size
  let worst = 0
  for (let k = 2; k < nz - 2; k++)
    for (let j = 2; j < ny - 2; j++)
      for (let i = 2; i < nx - 2; i++) {
        const difference = voxels[i + nx * (j + ny * k)] - value(transformPoint(toLps, [i, j, k]))
        worst = Math.max(worst, Math.abs(difference))
      }
  return worst
}

describe('resampling along the axes', () => {
  const volume = sampled([17, 14, 12], [0.7, 0.9, 2.5], ramp)

  it('keeps a ramp where it is in LPS, refining and coarsening, oblique and anisotropic', () => {
    for (const spacingMm of [0.5, 1, 1.4, 2.1]) {
      expect(innerError(resampleIsotropic(volume, spacingMm), ramp)).toBeLessThan(1e-3)
    }
    expect(innerError(halve(volume), ramp)).toBeLessThan(1e-3)
  })

  it('keeps a constant, also at the faces', () => {
    const constant = sampled([5, 4, 3], [1, 1, 3], () => 7)
    const out = resampleIsotropic(constant, 0.8)
    expect(Math.max(...out.voxels.map((value) => Math.abs(value - 7)))).toBeLessThan(1e-5)
  })

  it('keeps the centre of the box to 1e-9 mm', () => {
    const centre = ({ grid }: Volume) =>
      transformPoint(lpsFromIndex(grid), [
        (grid.size[0] - 1) / 2,
        (grid.size[1] - 1) / 2,
        (grid.size[2] - 1) / 2,
      ])
    const before = centre(volume)
    const after = centre(resampleIsotropic(volume, 1.3))
    for (const axis of [0, 1, 2]) expect(after[axis]).toBeCloseTo(before[axis], 9)
  })

  it('maps values before averaging', () => {
    const clipped = resampleAlongAxes(volume, volume.grid.spacingMm, volume.grid.size, (value) =>
      Math.min(value, 0),
    )
    expect(Math.max(...clipped.voxels)).toBeLessThanOrEqual(0)
  })
})
