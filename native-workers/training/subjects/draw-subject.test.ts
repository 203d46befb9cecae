import { describe, expect, it } from 'vitest'
import { randomStream } from '../random/random-stream.js'
import { drawIndex, drawSome } from './draw-subject.js'

const shares = (weights: readonly number[]) => {
  const random = randomStream(4)
  const counts = weights.map(() => 0)
  for (let n = 0; n < 4000; n++) counts[drawIndex(weights, random)]++
  return counts.map((count) => count / 4000)
}

describe('drawIndex', () => {
  it('follows the weights and never draws a weight of 0', () => {
    const [a, b, c] = shares([2, 0, 6])
    expect(a).toBeCloseTo(0.25, 1)
    expect(b).toBe(0)
    expect(c).toBeCloseTo(0.75, 1)
    expect(shares([0, 1])).toEqual([0, 1])
  })

  it('is even where no weight is above 0', () => {
    expect(shares([0, 0])[0]).toBeCloseTo(0.5, 1)
  })
})

describe('drawSome', () => {
  it('draws each number alike, none twice, and all where they are few', () => {
    const random = randomStream(9)
    const counts = Array.from({ length: 10 }, () => 0)
    for (let n = 0; n < 3000; n++) {
      const drawn = drawSome(10, 4, random)
      expect(new Set(drawn).size).toBe(4)
      for (const number of drawn) counts[number]++
    }
    for (const count of counts) expect(count / 3000).toBeCloseTo(0.4, 1)
    expect(drawSome(3, 4, random)).toEqual([0, 1, 2])
    expect(drawSome(0, 4, random)).toEqual([])
  })
})
