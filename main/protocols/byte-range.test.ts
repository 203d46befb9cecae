import { describe, expect, it } from 'vitest'
import { parseByteRange } from './byte-range.js'

describe('parseByteRange', () => {
  it('takes open and closed ranges, within the file', () => {
    expect(parseByteRange('bytes=0-', 10)).toEqual({ first: 0, last: 9 })
    expect(parseByteRange('bytes=3-5', 10)).toEqual({ first: 3, last: 5 })
    expect(parseByteRange('bytes=3-99', 10)).toEqual({ first: 3, last: 9 })
  })

  it('leaves the whole file where there is no such range', () => {
    for (const header of [null, '', 'bytes=10-', 'bytes=5-3', 'bytes=-4', 'bytes=0-1,4-5', 'lines=1-2']) {
      expect(parseByteRange(header, 10)).toBeNull()
    }
  })
})
