import { describe, expect, it } from 'vitest'
import { partAt, ringRadius, turnBetween, unitsAlong } from './handle-parts.js'

const centre = { x: 100, y: 50 }
const beside = (x: number, y = 0) => ({ x: centre.x + x, y: centre.y + y })

describe('the handles of a transform', () => {
  it('shift inside of the ring, turn on it, and leave the rest to others', () => {
    expect(partAt(centre, beside(10))).toBe('shift')
    expect(partAt(centre, beside(ringRadius + 3))).toBe('turn')
    expect(partAt(centre, beside(0, -ringRadius))).toBe('turn')
    expect(partAt(centre, beside(ringRadius + 20))).toBeNull()
  })

  it('turn clockwise as the hand does, also past the left', () => {
    expect(turnBetween(centre, beside(10), beside(0, 10))).toBeCloseTo(Math.PI / 2, 12)
    const [above, below] = [beside(-10, -0.1), beside(-10, 0.1)]
    expect(turnBetween(centre, above, below)).toBeCloseTo(-2 * Math.atan(0.01), 12)
  })

  it('move along a line as far as the hand goes along its picture', () => {
    expect(unitsAlong({ x: 2, y: 0 }, { x: 6, y: 5 })).toBe(3)
    expect(unitsAlong({ x: 0, y: 0 }, { x: 6, y: 5 })).toBe(0)
  })
})
