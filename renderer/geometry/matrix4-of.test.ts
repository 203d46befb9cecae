import { describe, expect, it } from 'vitest'
import { rigidFromText } from './matrix4-of.js'

const rows = [
  [0, -1, 0, 12.5],
  [1, 0, 0, -3],
  [0, 0, 1, 7e2],
  [0, 0, 0, 1],
]

describe('rigidFromText', () => {
  it('reads sixteen numbers in rows', () => {
    expect(rigidFromText(rows.map((row) => row.join(' ')).join('\n'))).toEqual(rows)
  })

  it('reads the matrix of a pose file', () => {
    const file = { schema: 'isocenter/pose@1', frame: 'LPS', worldFromVolume: rows }
    expect(rigidFromText(JSON.stringify(file, null, 2))).toEqual(rows)
  })

  it('refuses what is not rigid or not sixteen numbers', () => {
    expect(rigidFromText('1 2 3')).toBeNull()
    expect(rigidFromText('2 0 0 0 0 2 0 0 0 0 2 0 0 0 0 1')).toBeNull()
    expect(rigidFromText('[[1,],[2],[3],[4]]')).toBeNull()
  })
})
