import { describe, expect, it } from 'vitest'
import { UserError } from '../errors.js'
import { isOperationName, parseOperationInput, parseOperationOutput } from './parse-input.js'

describe('parseOperationInput', () => {
  it('fills the defaults', () => {
    expect(parseOperationInput('phantom', { folder: '/tmp/x' })).toEqual({
      folder: '/tmp/x',
      seed: 0,
      spacingMm: 1.5,
    })
  })

  it('names every wrong field as a person would write it', () => {
    const request = { views: [{ xray: { path: '' }, camera: { kind: 'file', path: 'c.json' } }], volume: {} }
    expect(() => parseOperationInput('register', request)).toThrow(
      /^The input of "register" is not valid: views\[0\]\.xray\.path: .*; volume\.path: .*; initial: /,
    )
    expect(() => parseOperationInput('register', request)).toThrow(UserError)
    expect(() => parseOperationInput('info', 7)).toThrow(/the whole input: /)
  })
})

describe('parseOperationOutput', () => {
  it('reports an output outside of the contract as a defect, not as the person’s error', () => {
    const wrong = { width: 2, height: 2, pixels: [0, 0, 0, 0], milliseconds: 1, warnings: [] }
    expect(() => parseOperationOutput('render-drr', wrong)).toThrow(/outside of its contract: pixels: /)
    expect(() => parseOperationOutput('render-drr', wrong)).not.toThrow(UserError)
    const right = { ...wrong, pixels: new Float32Array(4) }
    expect(parseOperationOutput('render-drr', right)).toEqual(right)
  })
})

describe('isOperationName', () => {
  it('knows the operations and no inherited member', () => {
    expect(isOperationName('register')).toBe(true)
    expect(isOperationName('toString')).toBe(false)
    expect(isOperationName('__proto__')).toBe(false)
  })
})
