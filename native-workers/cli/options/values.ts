import { InvalidArgumentError } from 'commander'
import { type Vector2, type Vector3 } from '../../contract/matrix.js'

/** Parsers of single option values; each throws commander's InvalidArgumentError, which names the option. */

export function parseNumber(text: string): number {
  const trimmed = text.trim()
  const value = Number(trimmed)
  if (trimmed === '' || !Number.isFinite(value)) throw new InvalidArgumentError(`"${text}" is not a number.`)
  return value
}

export function parsePositive(text: string): number {
  const value = parseNumber(text)
  if (value <= 0) throw new InvalidArgumentError(`${text} is not above 0.`)
  return value
}

export function parseNonNegative(text: string): number {
  const value = parseNumber(text)
  if (value < 0) throw new InvalidArgumentError(`${text} is below 0.`)
  return value
}

export function parseCount(text: string): number {
  const value = parseNumber(text)
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new InvalidArgumentError(`${text} is not a whole number of 0 or more.`)
  }
  return value
}

export function parsePositiveCount(text: string): number {
  const value = parseCount(text)
  if (value === 0) throw new InvalidArgumentError('0 is not above 0.')
  return value
}

/** `A,B,...` of any length above 0. */
export function parseList<Item>(text: string, parseItem: (item: string) => Item): readonly Item[] {
  return text.split(',').map((item) => parseItem(item))
}

export function parseVector2(text: string): Vector2 {
  const [x, y, ...rest] = parseList(text, parseNumber)
  if (x === undefined || y === undefined || rest.length > 0) {
    throw new InvalidArgumentError('Two numbers are needed, with a comma and no blank between them.')
  }
  return [x, y]
}

export function parseVector3(text: string): Vector3 {
  const [x, y, z, ...rest] = parseList(text, parseNumber)
  if (x === undefined || y === undefined || z === undefined || rest.length > 0) {
    throw new InvalidArgumentError('Three numbers are needed, with commas and no blanks between them.')
  }
  return [x, y, z]
}

export function parsePositiveVector2(text: string): Vector2 {
  const vector = parseVector2(text)
  if (vector.some((value) => value <= 0)) throw new InvalidArgumentError('Both numbers must be above 0.')
  return vector
}

export function parsePositiveVector3(text: string): Vector3 {
  const vector = parseVector3(text)
  if (vector.some((value) => value <= 0)) throw new InvalidArgumentError('All three must be above 0.')
  return vector
}

/** Half widths of a search range: 0 keeps that direction fixed. */
export function parseRange(text: string): Vector3 {
  const vector = parseVector3(text)
  if (vector.some((value) => value < 0)) throw new InvalidArgumentError('Half widths cannot be negative.')
  return vector
}
