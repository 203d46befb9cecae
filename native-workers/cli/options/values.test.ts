import { InvalidArgumentError } from 'commander'
import { describe, expect, it } from 'vitest'
import {
  parseCount,
  parseNumber,
  parsePositive,
  parsePositiveVector3,
  parseRange,
  parseVector2,
  parseVector3,
} from './values.js'

describe('option values', () => {
  it.each([
    ['0,-800,0', [0, -800, 0]],
    ['-12.5,1e2,.5', [-12.5, 100, 0.5]],
    [' 1, 2 ,3', [1, 2, 3]],
  ])('reads %s as three numbers', (text, expected) => {
    expect(parseVector3(text)).toEqual(expected)
  })

  it.each(['', '1,2', '1,2,3,4', '1;2;3', '1,,3', 'a,b,c', 'NaN,0,0', '1,2,Infinity'])(
    'refuses "%s" as three numbers',
    (text) => {
      expect(() => parseVector3(text)).toThrow(InvalidArgumentError)
    },
  )

  it('tells a pair from a triple', () => {
    expect(parseVector2('0.194,0.388')).toEqual([0.194, 0.388])
    expect(() => parseVector2('0.194,0.194,0.194')).toThrow(/Two numbers/)
  })

  it('refuses what is out of range', () => {
    expect(() => parsePositive('0')).toThrow(/above 0/)
    expect(() => parsePositiveVector3('1,0,1')).toThrow(/above 0/)
    expect(() => parseRange('45,-1,45')).toThrow(/negative/)
    expect(parseRange('45,0,45')).toEqual([45, 0, 45])
    expect(() => parseCount('1.5')).toThrow(/whole number/)
    expect(() => parseNumber('12mm')).toThrow(/"12mm" is not a number/)
  })
})
