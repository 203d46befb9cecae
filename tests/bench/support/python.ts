import { runMeasured } from './measured-process.js'

/** A distribution's own Python has its packages even where another one comes first on the path. */
const pythons = ['python3', '/usr/bin/python3']

/** A Python that has all of some modules. */
export async function pythonWith(modules: readonly string[]): Promise<string | undefined> {
  for (const python of pythons) {
    const probe = await runMeasured(python, ['-c', `import ${modules.join(', ')}`]).catch(() => undefined)
    if (probe?.exitCode === 0) return python
  }
  return undefined
}
