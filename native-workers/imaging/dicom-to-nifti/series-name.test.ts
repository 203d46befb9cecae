import { describe, expect, it } from 'vitest'
import { uniqueNames } from './series-name.js'

describe('uniqueNames', () => {
  it('numbers what comes again, whatever the capitals', () => {
    expect(uniqueNames(['a', 'b', 'A', 'a', 'a_2'])).toEqual(['a', 'b', 'A_2', 'a_3', 'a_2_2'])
  })
})
