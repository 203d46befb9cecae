import { describe, expect, it } from 'vitest'
import { distanceToMarked } from './distance-transform.js'

const [width, height] = [9, 7]
const pitch = [0.7, 1.9] as const

function byDefinition(marked: Uint8Array): number[] {
  const places = [...marked.keys()].filter((n) => marked[n] === 1)
  return Array.from(marked, (_, n) =>
    Math.min(
      ...places.map((m) =>
        Math.hypot(
          ((n % width) - (m % width)) * pitch[0],
          (Math.floor(n / width) - Math.floor(m / width)) * pitch[1],
        ),
      ),
    ),
  )
}

describe('distanceToMarked', () => {
  it.each([
    ['one pixel', [31]],
    ['two corners', [0, 62]],
    ['scattered pixels', [3, 12, 13, 40, 44, 58]],
    ['a whole row', [27, 28, 29, 30, 31, 32, 33, 34, 35]],
  ])('is the least distance by definition: %s', (_, places) => {
    const marked = Uint8Array.from({ length: width * height }, (_unused, n) => (places.includes(n) ? 1 : 0))
    const distances = distanceToMarked(marked, width, height, pitch)
    for (const [n, expected] of byDefinition(marked).entries()) expect(distances[n]).toBeCloseTo(expected, 12)
  })

  it('is infinite where nothing is marked', () => {
    const distances = distanceToMarked(new Uint8Array(width * height), width, height, pitch)
    expect(distances.every((distance) => distance === Infinity)).toBe(true)
  })
})
