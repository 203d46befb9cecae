import { describe, expect, it } from 'vitest'
import { userErrorCodes } from '../contract/errors.js'
import { exitCodeByError, exitCodes, exitCodesHelp } from './exit-codes.js'

describe('exit codes', () => {
  it('gives every error its own number and keeps 0 and 1 free', () => {
    const numbers = userErrorCodes.map((code) => exitCodeByError[code])
    expect(new Set(numbers).size).toBe(userErrorCodes.length)
    expect(numbers).not.toContain(exitCodes.success)
    expect(numbers).not.toContain(exitCodes.internal)
    expect(numbers).not.toContain(exitCodes.verdictTooLow)
  })

  it('documents every number in the help', () => {
    const documented = [...exitCodesHelp().matchAll(/^ +(\d+) {2}/gm)].map(([, code]) => Number(code))
    const used = new Set<number>([...Object.values(exitCodes), ...Object.values(exitCodeByError)])
    expect(new Set(documented)).toEqual(used)
  })
})
