import { UserError } from '../../contract/errors.js'
import { isTensorflow, type Tensorflow } from './tensorflow-module.js'

/** Not among our own dependencies: its installation downloads TensorFlow itself. */
const packageName = '@tensorflow/tfjs-node-gpu'
const packageVersion = '4.22.0'

/**
 * TensorFlow.js, if a package of it is installed and works. Errors: `runtime-missing`, which says why.
 * @param name of the package; others than the one for graphics cards are for tests
 */
export async function loadTensorflow(name = packageName): Promise<Tensorflow> {
  try {
    const imported: unknown = await import(/* @vite-ignore */ name)
    const module = [imported, defaultOf(imported)].find(isTensorflow)
    if (module === undefined) throw new Error('it lacks functions of version 4')
    await module.ready()
    return module
  } catch (error) {
    throw new UserError(
      'runtime-missing',
      `TensorFlow (${name}) ${reasonOf(error)}.`,
      `Install it beside Isocenter: npm install --no-save ${packageName}@${packageVersion}`,
    )
  }
}

const defaultOf = (module: unknown): unknown =>
  typeof module === 'object' && module !== null ? Reflect.get(module, 'default') : undefined

function reasonOf(error: unknown): string {
  const [message] = (error instanceof Error ? error.message : String(error)).split('\n')
  const isAbsent = /cannot find (package|module)|failed to (load|resolve)|does the file exist/i.test(message)
  return isAbsent ? 'is not installed' : `does not work here: ${message.replace(/\.$/, '')}`
}
