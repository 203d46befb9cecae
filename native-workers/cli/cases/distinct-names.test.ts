import { describe, expect, it } from 'vitest'
import { distinctNames } from './distinct-names.js'

describe('distinctNames', () => {
  it('takes the folder to help where names alone do not tell files apart', () => {
    expect(distinctNames(['a/p01.nii.gz', 'a/p02.nii'])).toEqual(['p01', 'p02'])
    expect(distinctNames(['x/p01/ct.nii.gz', 'x/p02/CT.nii', 'x/mr.mha'])).toEqual(['p01_ct', 'p02_CT', 'mr'])
  })

  it('refuses files whose outputs would replace each other', () => {
    expect(() => distinctNames(['p01/ct.nii', 'p01/ct.nii.gz'])).toThrow('called "p01_ct"')
  })
})
