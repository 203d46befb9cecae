import { describe, expect, it } from 'vitest'
import { sideOfName } from './side-of-name.js'

describe('sideOfName', () => {
  it.each([
    ['right-femur', 'right'],
    ['R-tibia', 'right'],
    ['kidney_left', 'left'],
    ['hip L', 'left'],
    ['rightFemur', 'right'],
    ['rib_left_3', 'left'],
    ['LEFT femur', 'left'],
    ['rib-left3', 'left'],
    ['right-L5', 'right'],
    ['L5-R', 'right'],
  ])('of %s is %s', (name, side) => {
    expect(sideOfName(name)).toBe(side)
  })

  it.each(['pelvis', 'label-3', 'bright', 'cleft', 'liver', 'left-right', 'vertebra_L5', 'L1'])(
    'of %s is not known',
    (name) => {
      expect(sideOfName(name)).toBeUndefined()
    },
  )
})
