import { describe, expect, it } from 'vitest'
import { resultFolderName, resultName } from './result-name.js'

describe('the name of a result', () => {
  it('is its folder’s, as on the command line', () => {
    expect(resultName('/a/case 7/result.json')).toBe('case 7')
    expect(resultName('C:\\a\\case-7\\result.json')).toBe('case-7')
  })

  it('is its own where it is called otherwise', () => {
    expect(resultName('/a/femur.json')).toBe('femur')
  })
})

describe('the folder of a result', () => {
  it('is another for every moment', () => {
    expect(resultFolderName('2026-11-20T17:21:32.123Z')).toBe('registration-20261120-172132')
    expect(resultFolderName('2026-11-20T17:21:33.001Z')).not.toBe(
      resultFolderName('2026-11-20T17:21:32.123Z'),
    )
  })
})
