import { createPinia, setActivePinia } from 'pinia'
import { shallowRef } from 'vue'
import { beforeEach, describe, expect, it } from 'vitest'
import { useHistoryStore } from '../history/history-store.js'
import { namesOf, type LabelMap } from './label-map.js'
import { useLabelNaming } from './label-naming.js'

function mapOf(...labels: readonly (readonly [number, string | null])[]): LabelMap {
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
      box: { first: [0, 0, 0], last: [0, 0, 0] },
    })),
  }
}

beforeEach(() => setActivePinia(createPinia()))

describe('names of labels', () => {
  it('are given by hand and from a file, and taken back', async () => {
    const map = shallowRef<LabelMap | null>(mapOf([1, 'sacrum'], [2, null]))
    const naming = useLabelNaming(map)
    naming.takeNames(namesOf(map.value), 'file')
    naming.setName(2, 'left hip')
    expect(map.value?.labels.map(naming.nameOf)).toEqual(['sacrum', 'left hip'])
    naming.importNames([
      { label: 2, name: 'ilium' },
      { label: 9, name: 'femur' },
    ])
    expect(naming.knownNames()).toEqual([
      { label: 2, name: 'ilium' },
      { label: 9, name: 'femur' },
    ])
    const history = useHistoryStore()
    await history.undo()
    expect(map.value?.labels.map(naming.nameOf)).toEqual(['sacrum', 'left hip'])
    await history.undo()
    expect(map.value?.labels.map(naming.nameOf)).toEqual(['sacrum', '2'])
    expect(history.nextUndo).toBeNull()
    expect(naming.names.value).toBe(naming.givenNames.value)
  })

  it('of a table become the map’s own when one is changed, and are what is saved', async () => {
    const map = shallowRef<LabelMap | null>(mapOf([27, null], [28, null]))
    const naming = useLabelNaming(map)
    naming.setNameSource('totalsegmentator')
    expect(naming.knownNames().map(({ name }) => name)).toEqual(['vertebrae_L5', 'vertebrae_L4'])
    naming.setName(27, 'L5')
    expect(map.value?.labels.map(naming.nameOf)).toEqual(['L5', 'vertebrae L4'])
    naming.setName(27, 'L5')
    await useHistoryStore().undo()
    expect(naming.nameSource.value).toBe('totalsegmentator')
  })
})
