import { describe, expect, it } from 'vitest'
import { boxFromOptions, parseCorners, parseVoxelCorners } from './box-options.js'

describe('the box of a crop', () => {
  it('is read as two corners', () => {
    expect(parseCorners('-1.5,2,3,4,5,6')).toEqual([
      [-1.5, 2, 3],
      [4, 5, 6],
    ])
    expect(() => parseCorners('1,2,3,4,5')).toThrow('Six numbers')
    expect(() => parseCorners('1,2,3,4,5,6,7')).toThrow('Six numbers')
    expect(() => parseCorners('1,2,3,4,5,x')).toThrow('"x" is not a number')
    expect(() => parseVoxelCorners('1,2,3,4,5,6.5')).toThrow('--box-mm')
  })

  it('is one of the two kinds, with a name', () => {
    const corners = parseVoxelCorners('0,1,2,3,4,5')
    const voxels = { unit: 'voxels', first: [0, 1, 2], last: [3, 4, 5] }
    expect(boxFromOptions({ box: corners })).toEqual({ ...voxels, name: 'box' })
    expect(boxFromOptions({ box: corners, boxName: 'hip' })).toEqual({ ...voxels, name: 'hip' })
    expect(boxFromOptions({ boxMm: corners })).toMatchObject({ unit: 'mm', cornerMm: [0, 1, 2] })
    expect(boxFromOptions({})).toBeUndefined()
    expect(() => boxFromOptions({ box: corners, boxMm: corners })).toThrow('Both --box and --box-mm')
    expect(() => boxFromOptions({ boxName: 'hip' })).toThrow('without a box')
  })
})
