import { describe, expect, it } from 'vitest'
import { structureName } from './structure-name.js'

describe('the name of a structure', () => {
  it.each([
    ['vertebra L5', 'vertebra-L5'],
    ['Fémur (links)', 'Fémur-links'],
    ['_rib/3,left=', 'rib-3-left'],
    ['12', ''],
  ])('made of the label name "%s" can stand in file names', (name, expected) => {
    expect(structureName(name)).toBe(expected)
  })
})
