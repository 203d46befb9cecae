import { expect, it } from 'vitest'
import { labelRows } from './label-rows.js'

it('lists the labels that lost most first, the others in their order', () => {
  const label = (number: number, components: number, removedMm3: number) => ({
    ...{ label: number, components, kept: 1, voxelsBefore: 9, voxelsAfter: 9, removedMm3 },
  })
  expect(labelRows([label(1, 1, 0), label(2, 1, 0), label(12, 2, 1520)])).toEqual([
    ['12', '2', '1', '1.52'],
    ['1', '1', '1', '0.00'],
    ['2', '1', '1', '0.00'],
  ])
})
