import { describe, expect, it } from 'vitest'
import { type Vector3 } from '../../contract/matrix.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import {
  affine,
  diagonal3,
  identity3,
  identity4,
  invertAffine,
  transformPoint,
  translation4,
} from '../../geometry/matrix.js'
import { rotationFromVector } from '../../geometry/rigid.js'
import { lpsFromIndex, type Volume } from '../volume.js'
import { alignmentWarnings } from './alignment-warnings.js'
import { diceOfLabels, type PlacedLabels } from './label-overlap.js'
import { overlapSimilarity } from './overlap-similarity.js'
import { relevantWindow, spacingForCount } from './reduced-volume.js'
import { unionGrid } from './registered-grid.js'
import { outsideValueOf } from './resample-registered.js'

const cube = (count: number, originMm: Vector3 = [0, 0, 0], spacing = 1): VolumeGrid => ({
  size: [count, count, count],
  spacingMm: [spacing, spacing, spacing],
  originMm,
  direction: identity3,
})

describe('overlapSimilarity', () => {
  const grid = cube(16)
  const half = new Float32Array(4096).map((_, index) => (index % 16 < 8 ? 0 : 100))
  const volume: Volume<Float32Array> = { grid, voxels: half }

  it('is the entropy of two equal halves for a volume with itself', () => {
    expect(overlapSimilarity(volume, volume, identity4)).toEqual({
      mutualInformation: expect.closeTo(Math.log(2), 9) as number,
      correlation: expect.closeTo(1, 9) as number,
      overlap: 1,
    })
  })

  it('is nothing for volumes that say nothing about each other, and null for volumes apart', () => {
    const across: Volume<Float32Array> = {
      grid,
      voxels: half.map((_, index) => (Math.floor(index / 16) % 16 < 8 ? 0 : 100)),
    }
    const independent = overlapSimilarity(volume, across, identity4)
    expect(independent?.mutualInformation).toBeCloseTo(0, 9)
    expect(independent?.correlation).toBeCloseTo(0, 9)
    expect(overlapSimilarity(volume, volume, translation4([15.5, 0, 0]))).toBeNull()
  })
})

describe('unionGrid', () => {
  const reference: VolumeGrid = {
    size: [20, 24, 10],
    spacingMm: [1, 1.5, 3],
    originMm: [5, -40, 200],
    direction: rotationFromVector([0.1, 0.3, -0.2]),
  }
  const volume = cube(30, [20, -30, 190], 1.2)
  const volumeFromReference = affine(rotationFromVector([0, 0, 0.6]), [30, -10, 8])

  it('holds every voxel centre of both, on the lattice of the reference', () => {
    const union = unionGrid(reference, volume, volumeFromReference, 2)
    const indexFromReference = invertAffine(lpsFromIndex(union))
    const [a, b, c] = transformPoint(indexFromReference, reference.originMm)
    for (const index of [a, b, c]) expect(index).toBeCloseTo(Math.round(index), 9)
    for (const corner of corners(reference)) expect(isInside(union, corner)).toBe(true)
    for (const corner of corners(volume)) {
      expect(isInside(union, transformPoint(invertAffine(volumeFromReference), corner))).toBe(true)
    }
  })

  it('is the reference where that holds the other, and refuses what can’t be written', () => {
    const small = cube(2, transformPoint(lpsFromIndex(reference), [9, 9, 5]), 1)
    expect(unionGrid(reference, small, identity4, 2)).toEqual(reference)
    expect(() => unionGrid(reference, volume, translation4([1e5, 1e5, 1e5]), 2)).toThrow('too many')
  })

  const corners = ({ size, ...grid }: VolumeGrid): Vector3[] =>
    [0, size[0] - 1].flatMap((i) =>
      [0, size[1] - 1].flatMap((j) =>
        [0, size[2] - 1].map((k) => transformPoint(lpsFromIndex({ size, ...grid }), [i, j, k])),
      ),
    )
  const isInside = (grid: VolumeGrid, point: Vector3) =>
    transformPoint(invertAffine(lpsFromIndex(grid)), point).every(
      (index, axis) => index >= -0.5 - 1e-6 && index <= grid.size[axis] - 0.5 + 1e-6,
    )
})

describe('diceOfLabels', () => {
  const placed = (voxels: number[], grid: VolumeGrid): PlacedLabels => ({
    grid,
    map: {
      labels: Uint8Array.from(voxels),
      structures: [...new Set(voxels)].filter((label) => label > 0),
      issues: [],
    },
  })

  it('counts twice the common voxels over the sum, label by label', () => {
    const grid = cube(2)
    const reference = placed([1, 1, 1, 1, 2, 2, 0, 4], grid)
    const volume = placed([1, 1, 0, 0, 2, 2, 3, 0], grid)
    expect([...diceOfLabels(reference, volume, identity4)]).toEqual([
      [1, (2 * 2) / 6],
      [2, 1],
    ])
    expect(diceOfLabels(reference, volume, translation4([9, 0, 0])).get(2)).toBe(0)
  })

  it('does not depend on the grids: half the spacing and a stretch of two give the same', () => {
    const coarse = placed([1, 0, 1, 0, 0, 0, 0, 0], cube(2, [0.25, 0.25, 0.25], 1))
    const fine = placed(
      Array.from({ length: 64 }, (_, n) => (n % 4 < 2 && n < 32 ? 1 : 0)),
      cube(4, [0, 0, 0], 0.5),
    )
    expect(diceOfLabels(coarse, fine, identity4).get(1)).toBe(1)
    const stretched = affine(diagonal3(2, 2, 2), [-0.25, -0.25, -0.25])
    const large = placed(
      Array.from({ length: 64 }, (_, n) => (n % 4 < 2 && n < 32 ? 1 : 0)),
      cube(4, [0, 0, 0], 1),
    )
    expect(diceOfLabels(coarse, large, stretched).get(1)).toBe(1)
  })
})

describe('the small decisions', () => {
  it('air lies outside of a CT, the least value outside of anything else', () => {
    const outside = (voxels: Volume['voxels']) => outsideValueOf({ grid: cube(2), voxels })
    expect(outside(Int16Array.of(-900, 0, 500))).toBe(-1000)
    expect(outside(Float32Array.of(-50, 500))).toBe(-1000)
    expect(outside(Uint16Array.of(24, 2000))).toBe(24)
    expect(outside(Int16Array.of(0, 700))).toBe(0)
  })

  it('compares tissues in a CT, and everything in a volume without air', () => {
    expect(relevantWindow({ grid: cube(1), voxels: Int16Array.of(-1024, 3000) })).toEqual([-200, 1000])
    expect(relevantWindow({ grid: cube(1), voxels: Uint16Array.of(3, 3000) })).toEqual([3, 3000])
    expect(spacingForCount(cube(100), 1000)).toBeCloseTo(10, 9)
    expect(spacingForCount(cube(5), 1e6)).toBe(1)
  })

  it('says in words why a result can’t be trusted', () => {
    const good = { mutualInformation: 1.2, correlation: 0.9, overlap: 0.9 }
    const alignment = {
      movingFromFixed: identity4,
      before: { mutualInformation: 0.4, correlation: 0.5, overlap: 1 },
      after: good,
      starts: 3,
      agreeingStarts: 2,
      spreadMm: 0.3,
    }
    expect(alignmentWarnings(alignment)).toEqual([])
    expect(alignmentWarnings({ ...alignment, before: null })).toEqual([])
    expect(alignmentWarnings({ ...alignment, before: { ...good, overlap: 1 } })).toEqual([])
    const worse = { ...good, mutualInformation: 0.3, overlap: 0.2, correlation: 0.2 }
    const warnings = alignmentWarnings({ ...alignment, after: worse, agreeingStarts: 1, spreadMm: 9 })
    for (const word of ['did not converge', 'ambiguous', 'Only one of 3', '20 %', 'correlation 0.20']) {
      expect(warnings.join('\n')).toContain(word)
    }
  })
})
