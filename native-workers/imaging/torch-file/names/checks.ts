import { UserError } from '../../../contract/errors.js'

/** Arguments in a file are as the file's writer pleased; these return them with their type, or refuse the file. */
function unexpected(what: string): UserError {
  return new UserError(
    'file-unreadable',
    `The file does not hold together: ${what} was expected and something else found.`,
    'It is damaged, or written by a version that is not known.',
  )
}

export function asText(value: unknown): string {
  if (typeof value === 'string') return value
  throw unexpected('a text')
}

export function asCount(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
  throw unexpected('a whole number of 0 or more')
}

export function asList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw unexpected('a list')
}

export function asCounts(value: unknown): readonly number[] {
  return asList(value).map(asCount)
}

export function asBytes(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value
  throw unexpected('a run of bytes')
}

export function asInstance<Instance>(value: unknown, type: new (...values: never[]) => Instance): Instance {
  if (value instanceof type) return value
  throw unexpected(`a ${type.name}`)
}
