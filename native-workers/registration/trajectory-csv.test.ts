import { describe, expect, it } from 'vitest'
import { trajectoryCsv } from './trajectory-csv.js'

describe('trajectoryCsv', () => {
  it('writes a header and one line per render, the pose row by row', () => {
    const text = trajectoryCsv([
      {
        stage: 'search, "AP"',
        render: 3,
        seconds: 0.25,
        loss: 0.5,
        accepted: true,
        worldFromVolume: [
          [1, 2, 3, 4],
          [5, 6, 7, 8],
          [9, 10, 11, 12],
          [0, 0, 0, 1],
        ],
      },
    ])
    const [header, row, end] = text.split('\r\n')
    expect(header?.split(',')).toHaveLength(17)
    expect(header).toMatch(/^stage,render,seconds,loss,accepted,worldFromVolume00,/)
    expect(header).toMatch(/worldFromVolume23$/)
    expect(row).toBe('"search, ""AP""",3,0.25,0.5,true,1,2,3,4,5,6,7,8,9,10,11,12')
    expect(end).toBe('')
  })
})
