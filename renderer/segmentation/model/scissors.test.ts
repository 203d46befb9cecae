import { describe, expect, it } from 'vitest'
import type { VolumeGrid } from '../../../native-workers/contract/operations/volume.js'
import { planes } from '../../views/slices/plane.js'
import { applyDelta } from './delta.js'
import { insideTest, type PlanePoint } from './polygon.js'
import { cutWithScissors, type Scissors } from './scissors.js'

const grid: VolumeGrid = {
  size: [6, 5, 4],
  spacingMm: [1, 2, 3],
  originMm: [10, 0, 0],
  direction: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
}
const square: readonly PlanePoint[] = [
  [11.5, 1],
  [13.5, 1],
  [13.5, 5],
  [11.5, 5],
]
const whole: Scissors = {
  plane: planes.axial,
  outline: square,
  slab: null,
  action: 'erase-inside',
  label: 2,
  onlyOver: null,
}
const inSquare = (index: number): boolean => {
  const [i, j] = [index % 6, Math.floor(index / 6) % 5]
  return i >= 2 && i <= 3 && j >= 1 && j <= 2
}
const layer = (index: number): number => Math.floor(index / 30)

function cut(map: Uint8Array<ArrayBuffer>, scissors: Partial<Scissors>): number[] {
  const result = map.slice()
  applyDelta(result, cutWithScissors(map, grid, { ...whole, ...scissors }))
  return [...result]
}

describe('an outline', () => {
  it('encloses what crossing its edges says, in a star with a hollow as well', () => {
    const star: PlanePoint[] = Array.from({ length: 10 }, (_, n) => {
      const radius = n % 2 === 0 ? 10 : 4
      return [radius * Math.cos((n * Math.PI) / 5), radius * Math.sin((n * Math.PI) / 5)]
    })
    const isInside = insideTest(star)
    const crossings = (u: number, v: number): number =>
      star.filter(([u1, v1], n) => {
        const [u2, v2] = star[(n + 1) % star.length] ?? [0, 0]
        return v1 > v !== v2 > v && u < u1 + ((v - v1) / (v2 - v1)) * (u2 - u1)
      }).length
    let count = 0
    for (let u = -11; u <= 11; u += 0.37) {
      for (let v = -11; v <= 11; v += 0.41) {
        expect(isInside(u, v)).toBe(crossings(u, v) % 2 === 1)
        if (isInside(u, v)) count++
      }
    }
    expect(count).toBeGreaterThan(100)
  })

  it('of two points, or without height, encloses nothing', () => {
    expect(
      insideTest([
        [0, 0],
        [1, 1],
      ])(0.5, 0.5),
    ).toBe(false)
    expect(
      insideTest([
        [0, 0],
        [1, 0],
        [2, 0],
      ])(1, 0),
    ).toBe(false)
  })
})

describe('scissors', () => {
  const full = Uint8Array.from({ length: 120 }, (_, index) => (index % 2 === 0 ? 1 : 3))

  it('erase inside or outside through all slices', () => {
    expect(cut(full, {})).toEqual([...full].map((label, n) => (inSquare(n) ? 0 : label)))
    expect(cut(full, { action: 'erase-outside' })).toEqual(
      [...full].map((label, n) => (inSquare(n) ? label : 0)),
    )
  })

  it('cut a slab alone, and only over one label', () => {
    expect(cut(full, { slab: { fromMm: 2, toMm: 6 }, onlyOver: 3 })).toEqual(
      [...full].map((label, n) => (inSquare(n) && layer(n) >= 1 && layer(n) <= 2 && label === 3 ? 0 : label)),
    )
  })

  it('fill empty voxels and leave others', () => {
    const map = full.map((label) => (label === 3 ? 3 : 0))
    expect(cut(map, { action: 'fill-inside', onlyOver: 0 })).toEqual(
      [...map].map((label, n) => (inSquare(n) && label === 0 ? 2 : label)),
    )
  })

  it('cut in the other planes: what was drawn from the side goes through from side to side', () => {
    const cutSide = cut(full, {
      plane: planes.sagittal,
      // Along y, and down along -z.
      outline: [
        [1, -1.5],
        [3, -1.5],
        [3, 1.5],
        [1, 1.5],
      ],
    })
    expect(cutSide).toEqual(
      [...full].map((label, n) => (Math.floor(n / 6) % 5 === 1 && layer(n) === 0 ? 0 : label)),
    )
  })
})
