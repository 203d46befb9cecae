import { describe, expect, it } from 'vitest'
import { type Matrix3, type Matrix4 } from '../../contract/matrix.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import {
  affine,
  identity3,
  identity4,
  invertAffine,
  multiplyVector3,
  subtract,
  transformPoint,
  translation4,
} from '../../geometry/matrix.js'
import { rotationFromVector } from '../../geometry/rigid.js'
import { gridCentreMm, lpsFromIndex, type Volume } from '../volume.js'
import { resampleLinear } from './linear.js'
import { resampleNearest } from './nearest.js'

const oblique: VolumeGrid = {
  size: [9, 8, 7],
  spacingMm: [1.5, 2, 2.5],
  originMm: [-30, 12, 100],
  direction: rotationFromVector([0.2, -0.4, 0.3]),
}

/** a x + b y + c z + d at the voxel centres, LPS mm: linear interpolation is exact on it. */
const ramp = ([x, y, z]: readonly number[]) => 3 * x - 2 * y + 0.5 * z + 40

function rampVolume(grid: VolumeGrid): Volume<Float64Array> {
  const [nx, ny, nz] = grid.size
  const voxels = new Float64Array(nx * ny * nz)
  for (let k = 0, index = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      for (let i = 0; i < nx; i++, index++)
        voxels[index] = ramp(transformPoint(lpsFromIndex(grid), [i, j, k]))
    }
  }
  return { grid, voxels }
}

const resampled = (
  source: Volume,
  target: VolumeGrid,
  sourceFromTarget: Matrix4,
  output = new Float64Array(target.size[0] * target.size[1] * target.size[2]),
) => {
  resampleLinear({ source, target, sourceFromTarget, output, outsideValue: -1000 }, 0, target.size[2])
  return output
}

describe('resampleLinear', () => {
  it('gives a volume back on its own grid, up to its very edge', () => {
    const { voxels } = rampVolume(oblique)
    expect(Array.from(resampled({ grid: oblique, voxels }, oblique, identity4))).toEqual(
      Array.from(voxels, (value): unknown => expect.closeTo(value, 9)),
    )
  })

  it('is exact on a linear ramp through an affine map, and air outside', () => {
    const target: VolumeGrid = { ...oblique, size: [20, 18, 15], spacingMm: [0.9, 1.1, 1.3] }
    const linear: Matrix3 = [
      [1.1, 0.2, 0],
      [-0.1, 0.9, 0.3],
      [0, 0.1, 1],
    ]
    const map = affine(linear, subtract(gridCentreMm(oblique), multiplyVector3(linear, gridCentreMm(target))))
    const output = resampled(rampVolume(oblique), target, map)
    let inside = 0
    for (let k = 0, index = 0; k < 15; k++) {
      for (let j = 0; j < 18; j++) {
        for (let i = 0; i < 20; i++, index++) {
          if (output[index] === -1000) continue
          const point = transformPoint(map, transformPoint(lpsFromIndex(target), [i, j, k]))
          const [x, y, z] = transformPoint(invertAffine(lpsFromIndex(oblique)), point)
          // Within half a voxel of the outermost centres the value there is repeated.
          if (x < 0 || y < 0 || z < 0 || x > 8 || y > 7 || z > 6) continue
          inside++
          expect(output[index]).toBeCloseTo(ramp(point), 9)
        }
      }
    }
    expect(inside).toBeGreaterThan(300)
    expect(output.filter((value) => value === -1000).length).toBeGreaterThan(300)
  })

  it('rounds for whole-number types, and reaches half a voxel beyond the outermost centres', () => {
    const grid: VolumeGrid = {
      ...oblique,
      size: [2, 1, 1],
      spacingMm: [1, 1, 1],
      originMm: [0, 0, 0],
      direction: identity3,
    }
    const source: Volume = { grid, voxels: Int16Array.of(10, 13) }
    const line: VolumeGrid = { ...grid, size: [7, 1, 1], spacingMm: [0.4, 1, 1] }
    const output = new Int16Array(7)
    resampleLinear(
      { source, target: line, sourceFromTarget: translation4([-0.7, 0, 0]), output, outsideValue: -1000 },
      0,
      1,
    )
    // At -0.7, -0.3, 0.1, 0.5, 0.9, 1.3 and 1.7 voxels.
    expect(Array.from(output)).toEqual([-1000, 10, 10, 12, 13, 13, -1000])
  })
})

describe('resampleNearest', () => {
  it('takes a map between the two frames', () => {
    const grid: VolumeGrid = {
      ...oblique,
      size: [3, 1, 1],
      spacingMm: [1, 1, 1],
      originMm: [0, 0, 0],
      direction: identity3,
    }
    const output = new Uint8Array(3)
    resampleNearest({ grid, voxels: Uint8Array.of(1, 2, 3) }, grid, output, translation4([1, 0, 0]))
    expect(Array.from(output)).toEqual([2, 3, 0])
  })
})
