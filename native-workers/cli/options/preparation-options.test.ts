import { describe, expect, it } from 'vitest'
import { parseConnectivity, parseKeepRule } from './clean-labels-options.js'
import { parseStructures } from './structure-options.js'

describe('parseStructures', () => {
  it('reads names with one or several labels, and labels alone', () => {
    expect(parseStructures('right-femur=3,pelvis=1+2, 7')).toEqual([
      { name: 'right-femur', labels: [3] },
      { name: 'pelvis', labels: [1, 2] },
      { name: 'label-7', labels: [7] },
    ])
  })

  it.each([
    ['femur=', '"" is not a number'],
    ['femur=0', '0 is not above 0'],
    ['femur', '"femur" is not a number'],
    ['femur=1=2', 'more than one "="'],
    ['../femur=1', 'Names begin with'],
    ['', '"" is not a number'],
  ])('refuses "%s"', (text, message) => {
    expect(() => parseStructures(text)).toThrow(message)
  })
})

describe('parseKeepRule', () => {
  it('reads its three forms', () => {
    expect(['largest', '3', 'min-volume=2.5'].map(parseKeepRule)).toEqual([
      { kind: 'largest', count: 1 },
      { kind: 'largest', count: 3 },
      { kind: 'min-volume', minVolumeMm3: 2.5 },
    ])
  })

  it.each(['0', 'all', 'min-volume=', 'min-volume=-1', '1.5'])('refuses %s', (text) => {
    expect(() => parseKeepRule(text)).toThrow()
  })
})

describe('parseConnectivity', () => {
  it('knows 6, 18 and 26 alone', () => {
    expect(['6', '18', '26'].map(parseConnectivity)).toEqual([6, 18, 26])
    expect(() => parseConnectivity('8')).toThrow('It is 6')
  })
})
