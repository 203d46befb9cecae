import { describe, expect, it } from 'vitest'
import { addNormal } from './normal.js'
import { randomStream } from './random-stream.js'

const draws = (count: number, draw: () => number) => Array.from({ length: count }, draw)
const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, x) => sum + x, 0) / values.length

describe('randomStream', () => {
  it('repeats itself for the same seed and keys, and for no others', () => {
    const words = (...keys: readonly [number, ...number[]]) => {
      const stream = randomStream(...keys)
      return draws(50, () => stream.word())
    }
    expect(words(7, 1, 2)).toEqual(words(7, 1, 2))
    const others = [words(7, 1, 3), words(7, 2, 1), words(8, 1, 2), words(7, 1), words(7 + 2 ** 40, 1, 2)]
    for (const other of others) expect(other.filter((word) => words(7, 1, 2).includes(word))).toEqual([])
  })

  it('is even over its range, and neighbouring keys are independent', () => {
    const [a, b] = [randomStream(0, 0), randomStream(0, 1)]
    const first = draws(20_000, () => a.uniform(-1, 1))
    const second = draws(20_000, () => b.uniform(-1, 1))
    expect(Math.abs(mean(first))).toBeLessThan(0.02)
    expect(mean(first.map((x) => x * x))).toBeCloseTo(1 / 3, 1)
    expect(Math.abs(mean(first.map((x, n) => x * second[n])))).toBeLessThan(0.02)
    expect(Math.abs(mean(first.slice(1).map((x, n) => x * first[n])))).toBeLessThan(0.02)
    const firstOfEach = Array.from({ length: 5000 }, (_, key) => randomStream(3, key).uniform(0, 1))
    expect(mean(firstOfEach)).toBeCloseTo(0.5, 1)
  })

  it('draws whole numbers below a count, and chances', () => {
    const stream = randomStream(5)
    const numbers = draws(2000, () => stream.integer(4))
    expect(new Set(numbers)).toEqual(new Set([0, 1, 2, 3]))
    expect(draws(1000, () => Number(stream.chance(0))).includes(1)).toBe(false)
    expect(draws(1000, () => Number(stream.chance(1))).includes(0)).toBe(false)
    expect(mean(draws(5000, () => Number(stream.chance(0.3))))).toBeCloseTo(0.3, 1)
  })
})

describe('addNormal', () => {
  it('has the mean, deviation and tails of the normal distribution', () => {
    const values = new Float32Array(40_001)
    addNormal(values, 2, randomStream(1))
    expect(Math.abs(mean(values))).toBeLessThan(0.05)
    expect(Math.sqrt(mean(values.map((x) => x * x)))).toBeCloseTo(2, 1)
    expect(mean(values.map((x) => Number(Math.abs(x) > 4)))).toBeCloseTo(0.0455, 2)
  })
})
