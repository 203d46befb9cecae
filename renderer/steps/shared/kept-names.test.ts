import { expect, it } from 'vitest'
import type { LabelMap } from '../../labels/label-map.js'
import { namesOf, withNames } from './kept-names.js'

function mapOf(...labels: readonly (readonly [number, string | null])[]): LabelMap {
  const box = { first: [0, 0, 0], last: [0, 0, 0] } as const
  return {
    path: '/seg.nii.gz',
    grid: {
      size: [1, 1, 1],
      spacingMm: [1, 1, 1],
      originMm: [0, 0, 0],
      direction: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    },
    voxels: new Uint8Array(1),
    namesFile: null,
    labels: labels.map(([label, name]) => ({
      ...{ label, name, voxelCount: 1, centreMm: [0, 0, 0] },
      box: { first: [...box.first], last: [...box.last] },
    })),
  }
}

it('keeps the names of labels where a map has none of its own', () => {
  const names = namesOf(mapOf([1, 'sacrum'], [2, null], [3, 'rib']))
  const kept = withNames(mapOf([1, null], [2, null], [3, 'third rib']), names)
  expect(kept.labels.map(({ name }) => name)).toEqual(['sacrum', null, 'third rib'])
  expect(namesOf(null).size).toBe(0)
})
