import { type NameTable } from '../plain-data.js'
import { NamedText } from '../python-values.js'
import { asBytes, asList, asText } from './checks.js'
import { pythonType } from './python-type.js'

/** A slice of Python: [start, stop, step]. */
export class Slice {
  constructor(
    readonly start: unknown,
    readonly stop: unknown,
    readonly step: unknown,
  ) {
    Object.freeze(this)
  }
}

/** Python's own containers and the plain values of its standard library. */
export function containerNames(): NameTable {
  const path = (...parts: unknown[]) => new NamedText('Path', joined(parts.map(asText)))
  return {
    'collections.OrderedDict': (pairs = []) => dictionary(pairs),
    // The factory of missing values is not needed to look at those that are there.
    'collections.defaultdict': () => new Map(),
    'collections.Counter': (counts = new Map()) => (counts instanceof Map ? counts : new Map()),
    'builtins.set': (members = []) => new Set(asList(members)),
    'builtins.frozenset': (members = []) => new Set(asList(members)),
    'builtins.slice': (start, stop, step) => new Slice(start, stop, step),
    'builtins.bytes': (text = '', encoding = 'latin1') => encoded(text, encoding),
    'builtins.bytearray': (text = '', encoding = 'latin1') => encoded(text, encoding),
    'builtins.complex': (real, imaginary) =>
      new NamedText('complex', `${String(real)} + ${String(imaginary)}i`),
    '_codecs.encode': encoded,
    ...Object.fromEntries(
      ['dict', 'list', 'int', 'float', 'bool', 'str', 'tuple', 'object'].map((name) => [
        `builtins.${name}`,
        pythonType(name),
      ]),
    ),
    ...Object.fromEntries(
      ['Path', 'PurePath', 'PosixPath', 'PurePosixPath', 'WindowsPath', 'PureWindowsPath'].flatMap((name) => [
        [`pathlib.${name}`, path],
        [`pathlib._local.${name}`, path],
      ]),
    ),
    'datetime.datetime': (state) => new NamedText('datetime', dateTime(asBytes(state))),
    'datetime.date': (state) => new NamedText('date', date(asBytes(state))),
    'datetime.timedelta': (days, seconds, microseconds) =>
      new NamedText('timedelta', `${Number(days) * 86400 + Number(seconds) + Number(microseconds) / 1e6} s`),
  }
}

function dictionary(pairs: unknown): Map<unknown, unknown> {
  return new Map(
    asList(pairs).map((pair) => {
      const [key, value] = asList(pair)
      return [key, value]
    }),
  )
}

/** Protocol 2 has no bytes: they are written as a text whose characters are the bytes. */
function encoded(text: unknown, encoding: unknown): Uint8Array {
  if (text instanceof Uint8Array) return text
  if (Array.isArray(text)) return Uint8Array.from(text.map(Number))
  return Buffer.from(asText(text), asText(encoding).toLowerCase().startsWith('utf') ? 'utf8' : 'latin1')
}

/** An absolute path starts with a part that ends in its separator. */
function joined([first, ...rest]: readonly string[]): string {
  if (first === undefined) return '.'
  return rest.length === 0 ? first : `${first.replace(/\/$/, '')}/${rest.join('/')}`
}

const two = (value: number): string => String(value).padStart(2, '0')

/** Python packs a date into big-endian year, month, day. */
function date(state: Uint8Array): string {
  return `${state[0] * 256 + state[1]}-${two(state[2])}-${two(state[3])}`
}

function dateTime(state: Uint8Array): string {
  return `${date(state)} ${[...state.subarray(4, 7)].map(two).join(':')}`
}
