import { describe, expect, it } from 'vitest'
import { directionTowardsEye } from './viewpoint-direction.js'

const isocentre = [10, 20, 30] as const

describe('directionTowardsEye', () => {
  it('is the front left where no source, or only one in front, decides', () => {
    expect(directionTowardsEye([], isocentre)).toEqual([1.2, -1.2, 0.6])
    expect(directionTowardsEye([[10, -700, 30]], isocentre)).toEqual([1.2, -1.2, 0.6])
  })

  it('is on the side of the sources', () => {
    const sources = [[10, -700, 30], [-700, 20, 30]] as const // prettier-ignore
    expect(directionTowardsEye(sources, isocentre)).toEqual([-1.2, -1.2, 0.6])
    expect(directionTowardsEye([[10, 700, 30]], isocentre)).toEqual([1.2, 1.2, 0.6])
  })
})
