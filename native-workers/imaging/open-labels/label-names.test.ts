import { describe, expect, it } from 'vitest'
import { namesInCsv, namesInJson } from './label-names.js'

describe('namesInJson', () => {
  it('reads lists, both directions of an object, and nnU-Net’s dataset.json', () => {
    const expected = [
      [1, 'sacrum'],
      [27, 'vertebrae_L5'],
    ]
    const contents = [
      [
        { label: 1, name: 'sacrum' },
        { id: 27, name: 'vertebrae_L5' },
      ],
      { '1': 'sacrum', '27': 'vertebrae_L5' },
      { background: 0, sacrum: 1, vertebrae_L5: 27 },
      { name: 'a data set', labels: { background: 0, sacrum: 1, vertebrae_L5: 27 } },
    ]
    for (const content of contents) expect([...namesInJson(content)]).toEqual(expected)
  })

  it('finds no names in other content', () => {
    for (const content of [null, 3, 'x', [], {}, { version: 'one' }, [{ label: -1, name: 'a' }]])
      expect(namesInJson(content).size).toBe(0)
  })
})

describe('namesInCsv', () => {
  it('finds its columns by their titles, with any usual separator', () => {
    const table =
      '\uFEFFgroup,original_idx,structure,id\r\norgans,1,"spleen",1\r\nribs,26,costal_cartilages,118\r\n'
    expect([...namesInCsv(table)]).toEqual([
      [1, 'spleen'],
      [118, 'costal_cartilages'],
    ])
    expect([...namesInCsv('Label;Name\n4;femur left\n;\nx;y\n')]).toEqual([[4, 'femur left']])
    expect(namesInCsv('a,b\n1,2\n').size).toBe(0)
  })
})
