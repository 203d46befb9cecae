import { describe, expect, it } from 'vitest'
import { type TrajectoryPoint } from '../../contract/files/registration-result.js'
import { identity4 } from '../../geometry/matrix.js'
import { selectFrames, suitableRate } from './select-frames.js'

/** Every fifth point is accepted; given in reversed order, as stages that ran side by side may be. */
const trajectory: TrajectoryPoint[] = Array.from({ length: 100 }, (_, n) => ({
  stage: n < 50 ? '32' : '64',
  render: 100 - n,
  seconds: n,
  loss: 1 / (n + 1),
  accepted: n % 5 === 0,
  worldFromVolume: identity4,
}))
const result = { initial: { worldFromVolume: identity4 }, final: { worldFromVolume: identity4 }, trajectory }
const all = { skip: 1, acceptedOnly: false, maxFrames: 1000 }
const renders = (selection: typeof all) =>
  selectFrames(result, selection).flatMap(({ point }) => (point === null ? [] : [point.render]))

describe('selectFrames', () => {
  it('shows every point in the order of the renders, between start and answer', () => {
    const frames = selectFrames(result, all)
    expect(renders(all)).toEqual(Array.from({ length: 100 }, (_, n) => n + 1))
    expect([frames[0].stage, frames.at(-1)?.stage]).toEqual(['start', 'answer'])
  })

  it('skips, and leaves out what was not accepted, but keeps the last', () => {
    expect(renders({ ...all, skip: 30 })).toEqual([1, 31, 61, 91, 100])
    expect(renders({ ...all, acceptedOnly: true })).toEqual(Array.from({ length: 20 }, (_, n) => 5 * (n + 1)))
  })

  it('keeps accepted points before others when there is little room', () => {
    const thinned = selectFrames(result, { ...all, maxFrames: 32 })
    expect(thinned).toHaveLength(32)
    expect(thinned.filter(({ point }) => point?.accepted === true)).toHaveLength(20)
    const few = renders({ ...all, maxFrames: 7 })
    expect(few).toHaveLength(5)
    expect(few.every((render) => render % 5 === 0)).toBe(true)
    expect([few[0], few[4]]).toEqual([5, 100])
  })

  it('shows start and answer of a result without a trajectory', () => {
    expect(selectFrames({ ...result, trajectory: [] }, all)).toHaveLength(2)
  })
})

describe('suitableRate', () => {
  it('gives a short optimisation some seconds, a long one the usual rate', () => {
    expect([suitableRate(2), suitableRate(60), suitableRate(600)]).toEqual([4, 10, 30])
  })
})
