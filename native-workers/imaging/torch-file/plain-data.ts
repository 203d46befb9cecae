import { UserError } from '../../contract/errors.js'
import { containerNames } from './names/containers.js'
import { numpyNames } from './names/numpy.js'
import { pandasNames } from './names/pandas.js'
import { torchNames } from './names/torch.js'
import { type PickleFunction } from './pickle.js'

/** The functions that stand for the names of one library; made anew for every file, so that nothing is shared. */
export type NameTable = Readonly<Record<string, PickleFunction>>

/**
 * Answers for the names that only describe data: containers, tensors, arrays, tables, paths, dates. Every other name is
 * refused by a `UserError('format-unsupported')` that says it, and nothing of it runs.
 */
export function plainDataNames(fileName: string): (module: string, name: string) => PickleFunction {
  const tables = [containerNames(), torchNames(), numpyNames(), pandasNames()]
  const known = new Map(tables.flatMap((table) => Object.entries(table)))
  return (module, name) => {
    // Python 2's name of the builtins, which protocol 2 still uses.
    const fullName = `${module.replace(/^__builtin__$/, 'builtins')}.${name}`
    const found = known.get(fullName)
    // A pickle can set attributes on whatever it has in hand.
    if (found !== undefined) return Object.freeze(found)
    throw new UserError(
      'format-unsupported',
      `"${fileName}" asks for "${fullName}", which is not plain data; it was not read, and nothing in it was run.`,
      'Save tensors, numbers and texts only, in dictionaries, e.g. a state_dict.',
    )
  }
}
