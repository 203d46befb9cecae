import { type PickleFunction } from '../pickle.js'
import { NamedText } from '../python-values.js'

const names = new WeakMap<object, string>()

/** Stands for a type of Python by name; called, it makes what `make` makes, else only a mention of the type. */
export function pythonType(name: string, make?: PickleFunction): PickleFunction {
  const type: PickleFunction = make ?? (() => new NamedText('object', name))
  names.set(type, name)
  return Object.freeze(type)
}

/** The name that `pythonType` was given; undefined for anything else. */
export function nameOfPythonType(value: unknown): string | undefined {
  return typeof value === 'function' ? names.get(value) : undefined
}
