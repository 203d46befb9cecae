import { describe, expect, it } from 'vitest'
import { resultName } from './result-name.js'

describe('the name of a result', () => {
  it('is its folder’s, as on the command line', () => {
    expect(resultName('/a/case 7/result.json')).toBe('case 7')
    expect(resultName('C:\\a\\case-7\\result.json')).toBe('case-7')
  })

  it('is its own where it is called otherwise', () => {
    expect(resultName('/a/femur.json')).toBe('femur')
  })
})
