import { describe, expect, it } from 'vitest'
import type { Vector3 } from '../../../native-workers/contract/matrix.js'
import type { VolumeGrid } from '../../../native-workers/contract/operations/volume.js'
import { applyDelta, type LabelDelta } from './delta.js'
import { squaredDistancesMm } from './distance.js'
import { editIslands } from './islands.js'
import { measureLabels } from './measure.js'
import { collisions, relabel, shiftChanges } from './relabel.js'
import { editMargin, fillHoles, smooth } from './shape.js'
import { editThreshold } from './threshold.js'

const size: Vector3 = [9, 8, 7]
const grid: VolumeGrid = {
  size,
  spacingMm: [1, 1.5, 2],
  originMm: [0, 0, 0],
  direction: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
}
const count = size[0] * size[1] * size[2]
const at = (i: number, j: number, k: number): number => (k * size[1] + j) * size[0] + i
const placeOf = (index: number): Vector3 => [
  index % size[0],
  Math.floor(index / size[0]) % size[1],
  Math.floor(index / (size[0] * size[1])),
]

function someMap(): Uint8Array<ArrayBuffer> {
  let state = 7
  return Uint8Array.from({ length: count }, () => {
    state = (state * 1103515245 + 12345) % 2 ** 31
    return state % 3 === 0 ? 1 : 0
  })
}

function boxOf(
  first: Vector3,
  last: Vector3,
  label: number,
  map = new Uint8Array(count),
): Uint8Array<ArrayBuffer> {
  return map.map((before, index) => {
    const place = placeOf(index)
    return place.every((p, axis) => p >= (first[axis] ?? 0) && p <= (last[axis] ?? 0)) ? label : before
  })
}

function after(map: Uint8Array, delta: LabelDelta | null): Uint8Array {
  const result = map.slice()
  if (delta !== null) applyDelta(result, delta)
  return result
}

const squaredMm = (a: number, b: number): number => {
  const [p, q] = [placeOf(a), placeOf(b)]
  return p.reduce(
    (sum, value, axis) => sum + ((value - (q[axis] ?? 0)) * (grid.spacingMm[axis] ?? 1)) ** 2,
    0,
  )
}

describe('distances', () => {
  it('are those to the nearest voxel, as trying all of them finds', () => {
    const mask = someMap().map((value, index) => (index % 5 === 0 ? value : 0))
    const found = squaredDistancesMm(mask, size, grid.spacingMm, 1)
    const targets = [...mask].flatMap((value, index) => (value === 1 ? [index] : []))
    for (let index = 0; index < count; index++) {
      const nearest = Math.min(...targets.map((target) => squaredMm(index, target)))
      expect(found[index]).toBeCloseTo(nearest, 3)
    }
  })

  it('are infinite where there is nothing', () => {
    expect(squaredDistancesMm(new Uint8Array(count), size, grid.spacingMm, 1)[3]).toBe(Infinity)
  })
})

describe('the margin', () => {
  it('grows by millimetres into empty voxels only', () => {
    const map = boxOf([4, 4, 3], [4, 4, 3], 1)
    map[at(5, 4, 3)] = 2
    const grown = after(map, editMargin(map, grid, 1, 2))
    for (let index = 0; index < count; index++) {
      const isNear = squaredMm(index, at(4, 4, 3)) <= 4.0001
      expect(grown[index]).toBe(index === at(5, 4, 3) ? 2 : isNear ? 1 : 0)
    }
  })

  it('shrinks a box by what lies that near to its outside', () => {
    const map = boxOf([2, 2, 2], [6, 5, 4], 1)
    expect(after(map, editMargin(map, grid, 1, -1))).toEqual(boxOf([3, 2, 2], [5, 5, 4], 1))
    expect(after(map, editMargin(map, grid, 1, -2))).toEqual(boxOf([4, 3, 3], [4, 4, 3], 1))
  })

  it('is nothing for a label that is not there', () => {
    expect(editMargin(new Uint8Array(count), grid, 3, 2)).toBeNull()
  })
})

describe('holes and smoothing', () => {
  it('fills what is enclosed, and keeps another label in it', () => {
    const map = boxOf([1, 1, 1], [6, 6, 5], 1)
    map[at(3, 3, 3)] = 0
    map[at(4, 3, 3)] = 2
    map[at(1, 3, 3)] = 0
    const filled = after(map, fillHoles(map, grid, 1))
    expect(filled[at(3, 3, 3)]).toBe(1)
    expect(filled[at(4, 3, 3)]).toBe(2)
    expect(filled[at(1, 3, 3)]).toBe(0)
  })

  it('is the median of the voxels around', () => {
    const map = someMap()
    const smoothed = after(map, smooth(map, grid, 1, 1))
    for (let index = 0; index < count; index++) {
      const [i, j, k] = placeOf(index)
      let sum = 0
      for (const dk of [-1, 0, 1])
        for (const dj of [-1, 0, 1])
          for (const di of [-1, 0, 1]) {
            const [x, y, z] = [i + di, j + dj, k + dk]
            const isInside = x >= 0 && y >= 0 && z >= 0 && x < size[0] && y < size[1] && z < size[2]
            sum += isInside ? (map[at(x, y, z)] ?? 0) : 0
          }
      expect(smoothed[index]).toBe(sum > 13.5 ? 1 : 0)
    }
  })
})

describe('islands', () => {
  const small = boxOf([0, 0, 0], [1, 1, 0], 1)
  const both = boxOf([4, 4, 3], [7, 6, 5], 1, small)

  it('keeps the largest, or the ones that are large enough', () => {
    const large = boxOf([4, 4, 3], [7, 6, 5], 1)
    expect(after(both, editIslands(both, size, 1, { kind: 'keep-largest' }))).toEqual(large)
    expect(after(both, editIslands(both, size, 1, { kind: 'remove-small', leastVoxels: 5 }))).toEqual(large)
    expect(after(both, editIslands(both, size, 1, { kind: 'remove-small', leastVoxels: 4 }))).toEqual(both)
  })

  it('keeps or removes the one that was clicked', () => {
    expect(after(both, editIslands(both, size, 1, { kind: 'keep-one', index: at(1, 1, 0) }))).toEqual(small)
    expect(after(both, editIslands(both, size, 1, { kind: 'remove-one', index: at(5, 5, 4) }))).toEqual(small)
    expect(editIslands(both, size, 1, { kind: 'keep-one', index: at(8, 0, 0) })).toBeNull()
  })
})

describe('threshold and numbers', () => {
  const values = Int16Array.from({ length: count }, (_, index) => index)

  it('takes a range of values in empty voxels, in a label, or in a box', () => {
    const map = boxOf([0, 0, 0], [2, 0, 0], 2)
    const base = { low: 1, high: 20, replacesOthers: false }
    const all = after(map, editThreshold(map, values, grid, 1, { ...base, scope: { kind: 'everywhere' } }))
    expect([...all.subarray(0, 22)]).toEqual([2, 2, 2, ...Array.from({ length: 18 }, () => 1), 0])
    const inside = after(
      map,
      editThreshold(map, values, grid, 1, { ...base, scope: { kind: 'label', label: 2 } }),
    )
    expect([...inside.subarray(0, 5)]).toEqual([2, 1, 1, 0, 0])
    const scope = { kind: 'box', minMm: [5, 0, 0], maxMm: [6, 1.5, 0] } as const
    const boxed = after(map, editThreshold(map, values, grid, 1, { ...base, scope }))
    expect([...boxed].flatMap((label, index) => (label === 1 ? [index] : []))).toEqual([5, 6, 14, 15])
    const over = editThreshold(map, values, grid, 1, {
      ...base,
      scope: { kind: 'everywhere' },
      replacesOthers: true,
    })
    expect(after(map, over)[1]).toBe(1)
  })

  it('gives all new numbers at once', () => {
    const map = Uint8Array.of(0, 1, 2, 3, 1)
    expect([...after(map, relabel(map, shiftChanges([1, 2, 3], 1, 2, 1)))]).toEqual([0, 2, 3, 3, 2])
    expect(collisions([1, 2, 3], shiftChanges([1, 2, 3], 1, 2, 1))).toEqual([3])
    expect(collisions([1, 2, 3], shiftChanges([1, 2, 3], 1, 3, 1))).toEqual([])
    expect([...after(map, relabel(map, [[1, 0]]))]).toEqual([0, 0, 2, 3, 0])
  })

  it('measures as many voxels as there are, in their middle and their box', () => {
    const map = boxOf([1, 2, 3], [3, 2, 5], 4)
    expect(measureLabels(map, grid)).toEqual([
      { label: 4, voxelCount: 9, centreMm: [2, 3, 8], box: { first: [1, 2, 3], last: [3, 2, 5] } },
    ])
  })
})
