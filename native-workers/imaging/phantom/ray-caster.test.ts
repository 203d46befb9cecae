import { describe, expect, it } from 'vitest'
import { type Vector3 } from '../../contract/matrix.js'
import { affine, identity3, identity4, normalized } from '../../geometry/matrix.js'
import { rotationFromVector } from '../../geometry/rigid.js'
import { RayCaster } from './ray-caster.js'
import { shapeIn, type Shape, type Solid } from './solid.js'

const solid = (
  kind: Shape['kind'],
  halfAxesMm: Vector3,
  rank: number,
  centreMm: Vector3 = [0, 0, 0],
): Solid => ({
  ...shapeIn(identity4, kind, { centreMm, halfAxesMm }),
  tissue: 'muscle',
  rank,
  label: 0,
})
const cast = (solids: readonly Solid[], origin: Vector3, direction: Vector3) => {
  const {
    count,
    startMm,
    endMm,
    solid: winner,
  } = new RayCaster(solids).cast(origin, normalized(direction), [...solids.keys()])
  return Array.from({ length: count }, (_, s) => ({ start: startMm[s], end: endMm[s], winner: winner[s] }))
}
const length = (stretches: ReturnType<typeof cast>) =>
  stretches.reduce((sum, { start, end }) => sum + end - start, 0)

describe('rays through the shapes', () => {
  it('cut a ball by its chord: 8 mm at 3 mm beside the centre of a radius of 5', () => {
    const [stretch] = cast([solid('ellipsoid', [5, 5, 5], 1)], [-100, 3, 0], [1, 0, 0])
    expect(stretch.start).toBeCloseTo(96, 10)
    expect(stretch.end).toBeCloseTo(104, 10)
  })

  it('cut an ellipsoid along its axes by twice the half axes', () => {
    const ellipsoid = [solid('ellipsoid', [5, 7, 11], 1, [1, 2, 3])]
    expect(length(cast(ellipsoid, [-50, 2, 3], [1, 0, 0]))).toBeCloseTo(10, 10)
    expect(length(cast(ellipsoid, [1, -50, 3], [0, 1, 0]))).toBeCloseTo(14, 10)
    expect(length(cast(ellipsoid, [1, 2, -50], [0, 0, 1]))).toBeCloseTo(22, 10)
  })

  it('cut a cylinder by its height along the axis, its width across, and end at its flat ends aslant', () => {
    const cylinder = [solid('cylinder', [4, 6, 10], 1)]
    expect(length(cast(cylinder, [1, 1, -50], [0, 0, 1]))).toBeCloseTo(20, 10)
    expect(length(cast(cylinder, [-50, 0, 3], [1, 0, 0]))).toBeCloseTo(8, 10)
    expect(length(cast(cylinder, [-30, 0, -30], [1, 0, 1]))).toBeCloseTo(8 * Math.SQRT2, 10)
    expect(length(cast(cylinder, [0, -2, -10.5], [0, 1, 1]))).toBeCloseTo(7.5 * Math.SQRT2, 10)
    expect(cast(cylinder, [4.1, 0, -50], [0, 0, 1])).toEqual([])
    expect(cast(cylinder, [-50, 0, 10.1], [1, 0, 0])).toEqual([])
  })

  it('follow a turned shape', () => {
    const turned: Solid = {
      ...shapeIn(affine(rotationFromVector([0, Math.PI / 2, 0]), [0, 0, 7]), 'cylinder', {
        centreMm: [0, 0, 0],
        halfAxesMm: [2, 2, 9],
        axes: identity3,
      }),
      tissue: 'muscle',
      rank: 1,
      label: 0,
    }
    expect(length(cast([turned], [-50, 0, 7], [1, 0, 0]))).toBeCloseTo(18, 10)
  })

  it('give overlaps to the highest rank and leave gaps out', () => {
    const stretches = cast(
      [
        solid('ellipsoid', [10, 10, 10], 1),
        solid('ellipsoid', [4, 4, 4], 3),
        solid('ellipsoid', [6, 6, 6], 2),
        solid('ellipsoid', [1, 1, 1], 0, [20, 0, 0]),
      ],
      [-100, 0, 0],
      [1, 0, 0],
    )
    expect(
      stretches.map(({ start, end, winner }) => [Math.round(start - 100), Math.round(end - 100), winner]),
    ).toEqual([
      [-10, -6, 0],
      [-6, -4, 2],
      [-4, 4, 1],
      [4, 6, 2],
      [6, 10, 0],
      [19, 21, 3],
    ])
  })
})
