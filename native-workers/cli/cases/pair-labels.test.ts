import { describe, expect, it } from 'vitest'
import { pairLabels } from './pair-labels.js'

describe('pairLabels', () => {
  it('keeps to the order of files that were named one by one', () => {
    expect(pairLabels(['a.nii', 'b.nii'], ['1.nii', '2.nii'], true)).toEqual(['1.nii', '2.nii'])
    expect(() => pairLabels(['a.nii', 'b.nii'], ['1.nii'], true)).toThrow(
      '1 label map is given for 2 volumes',
    )
  })

  it('finds a map in a folder by its name, which must go on with more than a letter or digit', () => {
    const labels = ['seg/p1_cleaned.nii.gz', 'seg/p10.nii.gz', 'seg/p2-seg.mha']
    expect(pairLabels(['ct/p10.nii', 'ct/p1.nii', 'ct/p2.nii'], labels, false)).toEqual([
      labels[1],
      labels[0],
      labels[2],
    ])
    expect(() => pairLabels(['ct/p3.nii'], labels, false)).toThrow('no label map for "p3"')
    expect(() => pairLabels(['ct/p1.nii'], [...labels, 'seg/p1.nii'], false)).toThrow('Several label maps')
  })

  it('finds the maps that a step wrote beside its volumes, mirrored ones too', () => {
    const folder = ['p1.nii', 'p1_labels.nii', 'p1_mirrored.nii', 'p1_mirrored_labels.nii'].map(
      (n) => `out/${n}`,
    )
    expect(pairLabels([folder[0], folder[2]], folder, false)).toEqual([folder[1], folder[3]])
  })
})
